package dev.plimsoll.matching;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.ImagePackage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An advisory that hits a package; records that mean the same vulnerability are one finding.
///
/// @param id the CVE where there is one, else the source's id
/// @param ids all ids, the one above included, sorted
/// @param item the package
/// @param severitySource id of the record that gave the severity, empty where it is unknown
/// @param cvss of all records, the package's own source first
/// @param fixedIn versions that carry the fix, in the scheme's order
/// @param reasons why it matched, one for each record
/// @param published the earliest that a record says
/// @param summary one line, may be empty
/// @param link where to read on, may be empty
/// @param fixDate since when there is a fix, as far as the records tell
public record Finding(
        String id,
        List<String> ids,
        ImagePackage item,
        Severity severity,
        String severitySource,
        List<CvssScore> cvss,
        Exploitation exploitation,
        FixState fixState,
        List<String> fixedIn,
        List<MatchReason> reasons,
        Optional<Instant> published,
        String summary,
        String link,
        Optional<FixDate> fixDate)
        implements Comparable<Finding> {

    /// Worst first, then by id, then by package: the order of every list of findings. The name goes before the
    /// package URL, which costs its text.
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity, Comparator.reverseOrder())
            .thenComparing(Finding::id)
            .thenComparing(finding -> finding.item().name())
            .thenComparing(finding -> finding.item().purl())
            .thenComparing(finding -> finding.item().locations().toString());

    public Finding {
        ids = isSorted(ids)
                ? List.copyOf(ids)
                : ids.stream().sorted().distinct().toList();
        cvss = List.copyOf(cvss);
        fixedIn = List.copyOf(fixedIn);
        reasons = List.copyOf(reasons);
    }

    /// Without a date of the fix.
    public Finding(
            String id,
            List<String> ids,
            ImagePackage item,
            Severity severity,
            String severitySource,
            List<CvssScore> cvss,
            Exploitation exploitation,
            FixState fixState,
            List<String> fixedIn,
            List<MatchReason> reasons,
            Optional<Instant> published,
            String summary,
            String link) {
        this(
                id,
                ids,
                item,
                severity,
                severitySource,
                cvss,
                exploitation,
                fixState,
                fixedIn,
                reasons,
                published,
                summary,
                link,
                Optional.empty());
    }

    /// Whether each is greater than the one before it.
    private static boolean isSorted(List<String> ids) {
        for (int i = 1; i < ids.size(); i++) {
            if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// The same vulnerability of the same package in another image, where it lies elsewhere.
    @SuppressWarnings("ReferenceEquality") // the very same needs no copy
    Finding of(ImagePackage other) {
        return other == item
                ? this
                : new Finding(
                        id,
                        ids,
                        other,
                        severity,
                        severitySource,
                        cvss,
                        exploitation,
                        fixState,
                        fixedIn,
                        reasons,
                        published,
                        summary,
                        link,
                        fixDate);
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
