package dev.plimsoll.matching;

import dev.plimsoll.purl.Distribution;
import java.util.Optional;

/// What a user may ask of matching.
///
/// @param distributionOverride taken instead of what the image says of itself
/// @param onlyFixed findings without a fix do not count: they become {@link Suppressed}
public record MatchOptions(Optional<Distribution> distributionOverride, boolean onlyFixed) {

    public static final MatchOptions DEFAULT = new MatchOptions(Optional.empty(), false);
}
