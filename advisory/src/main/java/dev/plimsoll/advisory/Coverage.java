package dev.plimsoll.advisory;

import dev.plimsoll.purl.Ecosystem;

/// How much is known of one ecosystem.
///
/// @param records packages in advisories, counted
public record Coverage(Ecosystem ecosystem, long records) {}
