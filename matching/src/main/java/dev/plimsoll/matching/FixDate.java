package dev.plimsoll.matching;

import dev.plimsoll.advisory.Advisory;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// Since when there is a fix, as a record tells.
///
/// @param at the instant
/// @param exact whether the fix came then: an erratum is published with it. Else it was there by then, and perhaps
/// long before: another record was last changed then, with the fix in it.
public record FixDate(Instant at, boolean exact) implements Comparable<FixDate> {

    /// Errata of Debian, Ubuntu, Red Hat and what is built of its sources, SUSE and Amazon: each stands for packages
    /// that were published with it.
    private static final Pattern ERRATUM =
            Pattern.compile("(DSA|DLA|ELA|USN|LSN|(RH|AL|RL)[SBE]A|ELSA|ELBA|SUSE-SU|openSUSE-SU|ALAS[0-9A-Z.]*)-.*");

    /// The exact one of two at the same instant goes first.
    private static final Comparator<FixDate> ORDER =
            Comparator.comparing(FixDate::at).thenComparing(FixDate::exact, Comparator.reverseOrder());

    /// What a record with a fix tells of its date.
    static Optional<FixDate> of(Advisory advisory) {
        return ERRATUM.matcher(advisory.id()).matches() && advisory.published().isPresent()
                ? advisory.published().map(at -> new FixDate(at, true))
                : advisory.modified().map(at -> new FixDate(at, false));
    }

    @Override
    public int compareTo(FixDate other) {
        return ORDER.compare(this, other);
    }
}
