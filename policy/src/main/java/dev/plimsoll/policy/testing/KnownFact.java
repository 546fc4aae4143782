package dev.plimsoll.policy.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Facts that small facts can leave unknown, as a run would that did not collect them. What is not named is known, and
/// empty where nothing is given.
public enum KnownFact {
    /// Configuration, history, platform, id and layers: as of an SBOM.
    CONFIGURATION,
    FILES,
    /// The digests of files alone.
    SHA256,
    SECRETS,
    /// Searches in the contents of files.
    MATCHES,
    RETRIEVED,
    MALWARE,
    ACCOUNTS,
    VERIFICATION,
    DELETED,
    /// Advisory data of every ecosystem, and how old it is.
    ADVISORIES,
    /// CISA's catalogue and EPSS.
    EXPLOITATION,
    /// How old the advisory data is.
    DATA_AGE,
    /// When the distribution's release ends.
    LIFECYCLE;

    /// As test files write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(KnownFact::word).toList();
    }

    static Optional<KnownFact> of(String word) {
        return Arrays.stream(values())
                .filter(fact -> fact.word().equalsIgnoreCase(word))
                .findFirst();
    }
}
