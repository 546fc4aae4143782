package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.matching.Explanation.Entry;
import dev.plimsoll.matching.Explanation.Outcome;
import dev.plimsoll.matching.Explanation.Why;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Tells of one vulnerability what came of each record, from the same comparison that makes the findings.
final class Explainer {

    private static final String GITHUB = "GHSA-";

    private record Searched(ImagePackage item, List<Search> searches) {}

    private final List<Searched> packages;
    private final AdvisorySource source;
    private final Optional<DistributionRelease> release;
    private final MatchResult result;
    private final Comparison comparison;

    Explainer(Inventory inventory, AdvisorySource source, Optional<DistributionRelease> release, MatchResult result) {
        this.source = source;
        this.release = release;
        this.result = result;
        this.comparison = new Comparison(source, release);
        this.packages = inventory.packages().stream()
                .map(item -> new Searched(item, Comparison.searches(item, release)))
                .toList();
    }

    Explanation explain(String asked) {
        var id = asWritten(asked);
        var ids = names(id);
        var records = new LinkedHashSet<PackageAdvisory>();
        ids.forEach(name -> records.addAll(source.packagesOf(name)));
        var entries = new ArrayList<Entry>();
        for (var record : records) {
            entries.addAll(entries(record, ids));
        }
        boolean known = !records.isEmpty()
                || !source.named(id).isEmpty()
                || !source.exploitation(id).equals(Exploitation.NONE);
        var unjudged = result.coverage().stream()
                .filter(coverage -> coverage.state() != State.COVERED)
                .toList();
        return known
                ? new Explanation(id, List.copyOf(ids), true, release, unjudged, entries)
                : new Explanation(asked.strip(), List.of(asked.strip()), false, release, unjudged, entries);
    }

    /// People write ids in any case; the data has upper case, but for what follows GitHub's prefix.
    private String asWritten(String asked) {
        var id = asked.strip();
        var upper = id.toUpperCase(Locale.ROOT);
        var usual = upper.startsWith(GITHUB)
                ? GITHUB + upper.substring(GITHUB.length()).toLowerCase(Locale.ROOT)
                : upper;
        return source.named(id).isEmpty() ? usual : id;
    }

    /// The id, and what else the records call the same vulnerability; an erratum's other CVEs are others.
    private Set<String> names(String id) {
        var names = new TreeSet<String>();
        names.add(id);
        for (var advisory : source.named(id)) {
            if (!VulnerabilityIds.isErratum(advisory)) {
                VulnerabilityIds.of(advisory).forEach(meant -> names.addAll(meant.ids()));
            }
        }
        return names;
    }

    private List<Entry> entries(PackageAdvisory record, Set<String> ids) {
        if (record.affected().ecosystem() instanceof Ecosystem.OfRelease(DistributionRelease other)
                && !release.equals(Optional.of(other))) {
            var image = release.map(known -> "the image is " + known).orElse("the image names no release");
            return List.of(notMatched(
                    record, Optional.empty(), "", Why.OTHER_RELEASE, "the record speaks of " + other + ", " + image));
        }
        var entries = new ArrayList<Entry>();
        for (var searched : packages) {
            var item = searched.item();
            for (var search : searched.searches()) {
                if (search.ecosystem().equals(record.affected().ecosystem())
                        && search.name().equals(record.affected().name())
                        && Comparison.speaksOf(search, record)) {
                    entries.addAll(entries(record, ids, item, search));
                }
            }
            if (isUnreleased(item, record)) {
                entries.add(notMatched(
                        record,
                        Optional.of(item),
                        item.version(),
                        Why.UNRELEASED,
                        "built from a checkout, not from a release that could be compared"));
            }
        }
        return entries.isEmpty()
                ? List.of(notMatched(
                        record,
                        Optional.empty(),
                        "",
                        Why.PACKAGE_ABSENT,
                        "the image holds no package " + (record.affected().ofSource() ? "built from the source " : "")
                                + record.affected().name()))
                : entries;
    }

    private static boolean isUnreleased(ImagePackage item, PackageAdvisory record) {
        return LanguageMatcher.isUnreleased(item)
                && record.affected().ecosystem().equals(Ecosystem.of(item.type()))
                && record.affected().name().equals(item.name());
    }

    private List<Entry> entries(PackageAdvisory record, Set<String> ids, ImagePackage item, Search search) {
        var withdrawn = record.advisory().withdrawn();
        if (withdrawn.isPresent()) {
            return List.of(notMatched(
                    record,
                    Optional.of(item),
                    search.version(),
                    Why.WITHDRAWN,
                    record.advisory().feed() + " took the record back at " + withdrawn.get()));
        }
        return switch (comparison.outcome(item, search, record)) {
            case Hit.Outcome.Affected _ ->
                outcomes(record, ids, item).stream()
                        .map(outcome -> entry(record, Optional.of(item), search.version(), outcome))
                        .toList();
            case Hit.Outcome.Outside _ ->
                List.of(notMatched(
                        record,
                        Optional.of(item),
                        search.version(),
                        Why.VERSION_OUTSIDE,
                        outside(item, search, record)));
            case Hit.Outcome.NotAffected _ ->
                List.of(notMatched(
                        record,
                        Optional.of(item),
                        search.version(),
                        Why.NOT_AFFECTED,
                        record.advisory().feed() + " says that " + search.name() + " is not affected"));
            case Hit.Outcome.Inapplicable inapplicable ->
                List.of(notMatched(
                        record, Optional.of(item), search.version(), Why.OTHER_BUILD, inapplicable.reason()));
            case Hit.Outcome.CannotJudge cannotJudge ->
                List.of(notMatched(
                        record, Optional.of(item), search.version(), Why.CANNOT_JUDGE, cannotJudge.reason()));
        };
    }

    /// The findings that the record became part of: one, or one for each CVE where an erratum was asked for by its
    /// own id.
    private List<Outcome> outcomes(PackageAdvisory record, Set<String> ids, ImagePackage item) {
        var outcomes = new ArrayList<Outcome>();
        for (var finding : result.findings()) {
            if (isOf(finding, record, ids, item)) {
                outcomes.add(new Outcome.Matched(finding));
            }
        }
        for (var suppressed : result.suppressed()) {
            if (isOf(suppressed.finding(), record, ids, item)) {
                outcomes.add(new Outcome.Silenced(suppressed.finding(), suppressed.reason()));
            }
        }
        return outcomes;
    }

    private static boolean isOf(Finding finding, PackageAdvisory record, Set<String> ids, ImagePackage item) {
        return finding.item().equals(item)
                && finding.ids().stream().anyMatch(ids::contains)
                && finding.reasons().stream()
                        .anyMatch(reason -> reason.record()
                                        .equals(record.advisory().id())
                                && reason.feed().equals(record.advisory().feed()));
    }

    private static String outside(ImagePackage item, Search search, PackageAdvisory record) {
        var scheme = VersionScheme.of(item.type()).orElseThrow();
        for (var fixed : record.affected().fixedIn()) {
            if (scheme.compare(search.version(), fixed).orElse(-1) >= 0) {
                return search.version() + " is at or beyond the fix " + fixed;
            }
        }
        return inNoRange(search.version());
    }

    static String inNoRange(String version) {
        return version + " lies in no affected range";
    }

    private static Entry notMatched(
            PackageAdvisory record, Optional<ImagePackage> item, String version, Why why, String reason) {
        return entry(record, item, version, new Outcome.NotMatched(why, reason));
    }

    private static Entry entry(PackageAdvisory record, Optional<ImagePackage> item, String version, Outcome outcome) {
        var affected = record.affected();
        return new Entry(
                record.advisory().id(),
                record.advisory().feed(),
                affected.ecosystem(),
                affected.name(),
                affected.ofSource(),
                affected.affected().stream().map(VersionInterval::toString).toList(),
                affected.fixState(),
                affected.fixedIn(),
                item,
                version,
                outcome instanceof Outcome.Matched && item.isPresent()
                        ? AbsentFunctions.told(item.get(), affected)
                        : "",
                outcome);
    }
}
