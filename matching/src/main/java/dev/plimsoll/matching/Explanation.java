package dev.plimsoll.matching;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Why a vulnerability was found in an image, or why not.
///
/// @param id that was asked for, in the case that the data has it in; as it was asked for where the data has none
/// @param ids the names that it was looked up by, sorted
/// @param known whether the data holds anything of it
/// @param release the image's release that was used
/// @param unjudged ecosystems of the image for which there is no data or no order of versions: nothing can be said
///     of them
/// @param entries one for each record and package, what was found first; a record that lists the package several times
///     matches where one of its ranges does, and otherwise tells all of them
public record Explanation(
        String id,
        List<String> ids,
        boolean known,
        Optional<DistributionRelease> release,
        List<EcosystemCoverage> unjudged,
        List<Entry> entries) {

    public Explanation {
        ids = ids.stream().sorted().distinct().toList();
        unjudged = unjudged.stream().sorted().toList();
        // Of records that speak of other releases, those of the image's own distribution tell the most.
        var own = release.map(DistributionRelease::id).orElse("");
        entries = MergedEntries.of(entries.stream()
                .sorted(Comparator.comparingInt((Entry entry) -> Entry.rank(entry.outcome()))
                        .thenComparing(entry -> !entry.isOf(own))
                        .thenComparing(Entry.ORDER))
                .distinct()
                .toList());
    }

    /// A record, one of the packages that it is about, and what came of it in this image.
    ///
    /// @param record id of the record
    /// @param feed where it came from
    /// @param packageName as the record keys it
    /// @param ofSource whether that is a source package
    /// @param ranges the affected versions as the record gives them, `>=1.0 <2.0`
    /// @param item the package of the image, empty where it has none of that name
    /// @param comparedVersion empty where nothing was compared
    /// @param functions what is known of the functions that the record names, one sentence without a final
    ///     stop; empty where it names none or did not match
    public record Entry(
            String record,
            String feed,
            Ecosystem ecosystem,
            String packageName,
            boolean ofSource,
            List<String> ranges,
            FixState fixState,
            List<String> fixedIn,
            Optional<ImagePackage> item,
            String comparedVersion,
            String functions,
            Outcome outcome) {

        private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::record)
                .thenComparing(Entry::feed)
                .thenComparing(Entry::ecosystem)
                .thenComparing(Entry::packageName)
                .thenComparing(
                        entry -> entry.item.map(item -> item.purl().toString()).orElse(""))
                .thenComparing(entry ->
                        entry.item.map(item -> item.locations().toString()).orElse(""))
                .thenComparing(entry -> entry.ranges.toString())
                .thenComparing(Entry::comparedVersion);

        public Entry {
            ranges = List.copyOf(ranges);
            fixedIn = List.copyOf(fixedIn);
        }

        private boolean isOf(String distribution) {
            return ecosystem instanceof Ecosystem.OfRelease(var release)
                    && release.id().equals(distribution);
        }

        private static int rank(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Matched _ -> 0;
                case Outcome.Silenced _ -> 1;
                case Outcome.NotMatched notMatched ->
                    switch (notMatched.why()) {
                        case CANNOT_JUDGE -> 2;
                        case VERSION_OUTSIDE, NOT_AFFECTED, OTHER_BUILD, UNRELEASED, WITHDRAWN -> 3;
                        case PACKAGE_ABSENT -> 4;
                        case OTHER_RELEASE -> 5;
                    };
            };
        }
    }

    /// What came of a record.
    public sealed interface Outcome {

        /// It is a finding.
        record Matched(Finding finding) implements Outcome {}

        /// It would be a finding, but a rule took it out.
        record Silenced(Finding finding, String reason) implements Outcome {}

        /// It is none.
        ///
        /// @param reason one sentence without a final stop
        record NotMatched(Why why, String reason) implements Outcome {}
    }

    /// Why a record does not match.
    public enum Why {
        /// The version is at or beyond the fix, or before the flaw came in.
        VERSION_OUTSIDE,
        /// The source says that the package never had it.
        NOT_AFFECTED,
        /// The record speaks of another build of the package: a module, an architecture.
        OTHER_BUILD,
        /// The package stands for no release (Go's `(devel)`).
        UNRELEASED,
        /// The source took the record back.
        WITHDRAWN,
        /// A version could not be read.
        CANNOT_JUDGE,
        /// The image holds no package of that name.
        PACKAGE_ABSENT,
        /// The record speaks of another release, or of another distribution.
        OTHER_RELEASE
    }
}
