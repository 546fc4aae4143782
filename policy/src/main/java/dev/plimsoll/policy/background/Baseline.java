package dev.plimsoll.policy.background;

/// What counts as known before, so that a bundle can stop on what is new alone.
public sealed interface Baseline {

    /// What an earlier run said, of this image or of another one.
    record Former(FormerResult result) implements Baseline {}

    /// What comes with the image's own base.
    record OwnBase() implements Baseline {}
}
