package dev.plimsoll.matching;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.inventory.ImagePackage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Makes findings of groups of records, with what other records say of the same vulnerability. One run, one thread.
final class Findings {

    private static final Comparator<Advisory> BY_ID =
            Comparator.comparing(Advisory::id).thenComparing(Advisory::feed);

    private final AdvisorySource source;
    private final Map<String, List<Advisory>> named = new HashMap<>();
    private final Map<String, Exploitation> exploitation = new HashMap<>();

    Findings(AdvisorySource source) {
        this.source = source;
    }

    /// @param hits the records that say that it is affected, at least one
    /// @param branches what these records say of other branches
    Finding of(ImagePackage item, Collection<String> ids, List<Hit> hits, Hit.OtherBranches branches) {
        var matched = hits.stream()
                .map(hit -> hit.record().advisory())
                .distinct()
                .sorted(BY_ID)
                .toList();
        var others = others(ids, matched);
        var cves = VulnerabilityIds.cvesOf(ids);
        var severity = SeverityChoice.of(matched, others);
        var fix = Fix.of(item, hits);
        var single = Stream.concat(
                        matched.stream(), others.stream().filter(advisory -> !VulnerabilityIds.isErratum(advisory)))
                .toList();
        return new Finding(
                cves.isEmpty() ? matched.getFirst().id() : cves.getFirst(),
                List.copyOf(ids),
                item,
                severity.severity(),
                severity.record(),
                cvss(single),
                exploitation(cves),
                fix.state(),
                fix.versions(),
                hits.stream()
                        .map(hit -> hit.reason(branches))
                        .distinct()
                        .sorted(Comparator.comparing(MatchReason::record)
                                .thenComparing(MatchReason::feed)
                                .thenComparing(MatchReason::range))
                        .toList(),
                single.stream()
                        .flatMap(advisory -> advisory.published().stream())
                        .min(Comparator.naturalOrder()),
                firstText(single, Advisory::summary),
                firstText(
                        single,
                        advisory -> advisory.references().stream().findFirst().orElse("")),
                fix.date());
    }

    /// Records of the same vulnerability that did not match themselves, of whatever ecosystem. Where a source has
    /// several records of one id (Debian, whose judgement differs by package), one that matched is its word on this
    /// package, and the rest speak of other packages.
    private List<Advisory> others(Collection<String> ids, List<Advisory> matched) {
        var others = new LinkedHashSet<Advisory>();
        for (var id : ids) {
            // An erratum's own id leads to nothing but itself.
            for (var advisory : named.computeIfAbsent(id, source::named)) {
                if (advisory.withdrawn().isEmpty()
                        && matched.stream().noneMatch(each -> isSameSourcesRecord(each, advisory))) {
                    others.add(advisory);
                }
            }
        }
        return others.stream().sorted(BY_ID).toList();
    }

    private static boolean isSameSourcesRecord(Advisory left, Advisory right) {
        return left.id().equals(right.id()) && left.feed().equals(right.feed());
    }

    private static List<CvssScore> cvss(List<Advisory> advisories) {
        var scores = new LinkedHashSet<CvssScore>();
        advisories.forEach(advisory -> scores.addAll(advisory.cvss()));
        return List.copyOf(scores);
    }

    /// Of several CVEs the first that is known to be exploited, and the highest probability.
    private Exploitation exploitation(List<String> cves) {
        var all = new ArrayList<Exploitation>();
        for (var cve : cves) {
            all.add(exploitation.computeIfAbsent(cve, source::exploitation));
        }
        return new Exploitation(
                all.stream().flatMap(each -> each.known().stream()).findFirst(),
                all.stream()
                        .flatMap(each -> each.probability().stream())
                        .max(Comparator.comparing(Exploitation.Probability::score)));
    }

    private static String firstText(List<Advisory> advisories, Function<Advisory, String> text) {
        Optional<String> first =
                advisories.stream().map(text).filter(each -> !each.isEmpty()).findFirst();
        return first.orElse("");
    }
}
