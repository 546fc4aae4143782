package dev.plimsoll.server.images;

import dev.plimsoll.inventory.analysis.AnalysisRequest;

/// What must be collected of an account's images so that its policies can judge them.
@FunctionalInterface
public interface AnalysisNeeds {

    AnalysisRequest of(long accountId);
}
