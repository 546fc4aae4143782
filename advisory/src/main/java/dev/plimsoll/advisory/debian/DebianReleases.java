package dev.plimsoll.advisory.debian;

import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import java.util.Map;
import java.util.Optional;

/// Debian's code names and the numbers that images call themselves by.
///
/// Source: Debian, "Debian Releases".
final class DebianReleases {

    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("potato", "2.2"),
            Map.entry("woody", "3.0"),
            Map.entry("sarge", "3.1"),
            Map.entry("etch", "4"),
            Map.entry("lenny", "5"),
            Map.entry("squeeze", "6"),
            Map.entry("wheezy", "7"),
            Map.entry("jessie", "8"),
            Map.entry("stretch", "9"),
            Map.entry("buster", "10"),
            Map.entry("bullseye", "11"),
            Map.entry("bookworm", "12"),
            Map.entry("trixie", "13"),
            Map.entry("forky", "14"),
            Map.entry("duke", "15"),
            Map.entry("sid", "sid"));

    private DebianReleases() {}

    static Optional<Ecosystem> of(String codename) {
        return Optional.ofNullable(NUMBERS.get(codename))
                .map(number -> Ecosystem.of(new DistributionRelease("debian", number)));
    }
}
