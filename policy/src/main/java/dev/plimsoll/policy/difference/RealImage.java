package dev.plimsoll.policy.difference;

import dev.plimsoll.policy.evaluation.Evidence;

/// An image whose inventory is stored.
public record RealImage(String name, Evidence evidence) {}
