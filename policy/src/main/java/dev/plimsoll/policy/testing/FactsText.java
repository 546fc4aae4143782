package dev.plimsoll.policy.testing;

import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.policy.evaluation.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// Small facts as a test file has them, without a test around them.
public final class FactsText {

    private FactsText() {}

    /// What an image with these facts shows; empty where they are none.
    public static Optional<Evidence> evidence(JsonObject facts, ImageName name, Instant at, AnalysisRequest needs) {
        var problems = new ArrayList<BundleProblem>();
        var read = SmallFactsReader.read(new Place(facts, "", problems), at);
        return problems.isEmpty() ? Optional.of(read.evidence(name, at, needs)) : Optional.empty();
    }
}
