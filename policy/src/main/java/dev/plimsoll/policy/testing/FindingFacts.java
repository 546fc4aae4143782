package dev.plimsoll.policy.testing;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.FixDate;
import dev.plimsoll.policy.bundle.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A vulnerability of small facts.
///
/// @param firstSeen since when runs have known it; empty where this is the first run
record FindingFacts(Finding finding, Optional<Instant> firstSeen) {

    static final Set<String> MEMBERS = Set.of(
            "id",
            "aliases",
            "package",
            "severity",
            "fixed_in",
            "fix_date",
            "wont_fix",
            "kev",
            "epss",
            "cvss",
            "published",
            "first_seen");
    static final Set<String> KEV_MEMBERS = Set.of("added", "due", "ransomware");
    static final Set<String> EPSS_MEMBERS = Set.of("score", "percentile");
    static final Set<String> CVSS_MEMBERS = Set.of("source", "version", "vector", "base", "exploitability", "impact");

    /// @param packages that are given; a package URL may name one that is not, and adds it
    static Optional<FindingFacts> read(Place place, List<ImagePackage> packages, Instant at) {
        place.knowsOnly(MEMBERS);
        var id = place.required("id");
        var item = place.required("package").flatMap(name -> item(place, name, packages));
        var severity = place.optional("severity").flatMap(word -> severity(place, word));
        var fixedIn = place.texts("fixed_in");
        var published = SmallFactsReader.instant(place, "published");
        var fixDate = SmallFactsReader.instant(place, "fix_date").map(when -> new FixDate(when, true));
        var firstSeen = SmallFactsReader.instant(place, "first_seen");
        boolean wontFix = place.flag("wont_fix").orElse(false);
        var ids = new ArrayList<>(place.texts("aliases"));
        id.ifPresent(ids::add);
        var exploitation = new Exploitation(known(place, at), probability(place));
        var scores = scores(place);
        if (id.isEmpty() || item.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FindingFacts(
                new Finding(
                        id.get(),
                        ids,
                        item.get(),
                        severity.orElse(Severity.UNKNOWN),
                        severity.isEmpty() ? "" : id.get(),
                        scores,
                        exploitation,
                        !fixedIn.isEmpty() ? FixState.FIXED : wontFix ? FixState.WONT_FIX : FixState.NOT_FIXED,
                        fixedIn,
                        List.of(),
                        published,
                        "",
                        "",
                        fixDate),
                firstSeen));
    }

    private static Optional<ImagePackage> item(Place place, String name, List<ImagePackage> packages) {
        var found = packages.stream()
                .filter(item -> item.name().equals(name)
                        || item.purl().toString().equals(name)
                        || item.purl().name().equals(name))
                .findFirst();
        if (found.isPresent()) {
            return found;
        }
        if (name.startsWith("pkg:")) {
            return PackageFacts.purl(place, "package", name).map(PackageFacts::bare);
        }
        place.error("package", "there is no package '" + name + "' in 'packages': name one of them, or a package URL");
        return Optional.empty();
    }

    private static Optional<Severity> severity(Place place, String word) {
        var severity = Severity.of(word);
        if (severity.isEmpty()) {
            place.error(
                    "severity",
                    "unknown severity; allowed are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Severity.values())
                                            .map(Severity::word)
                                            .toList()));
        }
        return severity;
    }

    private static Optional<Exploitation.Known> known(Place place, Instant at) {
        if (place.isFlag("kev")) {
            return place.flag("kev").orElse(false)
                    ? Optional.of(
                            new Exploitation.Known(LocalDate.ofInstant(at, ZoneOffset.UTC), Optional.empty(), false))
                    : Optional.empty();
        }
        if (!place.has("kev")) {
            return Optional.empty();
        }
        return place.object("kev").map(kev -> {
            kev.knowsOnly(KEV_MEMBERS);
            var added = SmallFactsReader.instant(kev, "added").orElse(at);
            return new Exploitation.Known(
                    LocalDate.ofInstant(added, ZoneOffset.UTC),
                    SmallFactsReader.instant(kev, "due").map(due -> LocalDate.ofInstant(due, ZoneOffset.UTC)),
                    kev.flag("ransomware").orElse(false));
        });
    }

    private static Optional<Exploitation.Probability> probability(Place place) {
        if (!place.has("epss")) {
            return Optional.empty();
        }
        if (place.isObject("epss")) {
            return place.object("epss").map(epss -> {
                epss.knowsOnly(EPSS_MEMBERS);
                var score = SmallFactsReader.decimal(epss, "score").orElse(BigDecimal.ZERO);
                return new Exploitation.Probability(
                        score, SmallFactsReader.decimal(epss, "percentile").orElse(score), Optional.empty());
            });
        }
        return SmallFactsReader.decimal(place, "epss")
                .map(score -> new Exploitation.Probability(score, score, Optional.empty()));
    }

    private static List<CvssScore> scores(Place place) {
        if (!place.has("cvss")) {
            return List.of();
        }
        if (place.isObject("cvss")) {
            return place.object("cvss").flatMap(FindingFacts::score).stream().toList();
        }
        if (place.isArray("cvss")) {
            return place.objects("cvss").stream()
                    .flatMap(score -> score(score).stream())
                    .toList();
        }
        return SmallFactsReader.decimal(place, "cvss")
                .map(base -> new CvssScore("nvd", "3.1", "", base, Optional.empty(), Optional.empty()))
                .stream()
                .toList();
    }

    private static Optional<CvssScore> score(Place place) {
        place.knowsOnly(CVSS_MEMBERS);
        if (!place.has("base")) {
            place.error("the member 'base' is missing");
        }
        return SmallFactsReader.decimal(place, "base")
                .map(base -> new CvssScore(
                        place.optional("source").orElse("nvd"),
                        place.textOrNumber("version").orElse("3.1"),
                        place.optional("vector").orElse(""),
                        base,
                        SmallFactsReader.decimal(place, "exploitability"),
                        SmallFactsReader.decimal(place, "impact")));
    }
}
