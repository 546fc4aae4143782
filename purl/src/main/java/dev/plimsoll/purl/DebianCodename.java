package dev.plimsoll.purl;

import java.util.Map;

/// Debian's code names, and the numbers that advisories and images call the same releases by.
///
/// Source: Debian, "Debian Releases". Testing and unstable call themselves by the code name of the release to come,
/// without a number, in the same words (os-release of base-files): both are taken for that release.
public final class DebianCodename {

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
            Map.entry("duke", "15"));

    private DebianCodename() {}

    /// The release's number; every other text, `sid` and numbers among them, as it is.
    public static String release(String text) {
        return NUMBERS.getOrDefault(text, text);
    }

    /// Whether it is the name of a release, or `sid`, which has no number and never will.
    public static boolean isKnown(String text) {
        return NUMBERS.containsKey(text) || text.equals("sid");
    }
}
