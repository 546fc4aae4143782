package dev.plimsoll.matching;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedImport;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionInterval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Builds one record with the packages that it is about.
final class TestRecord {

    private final String id;
    private final String feed;
    private final List<AffectedPackage> packages = new ArrayList<>();
    private final List<CvssScore> cvss = new ArrayList<>();
    private List<String> aliases = List.of();
    private Optional<Severity> severity = Optional.empty();
    private Optional<Instant> published = Optional.empty();
    private Optional<Instant> modified = Optional.empty();
    private Optional<Instant> withdrawn = Optional.empty();
    private String summary = "";

    private TestRecord(String id, String feed) {
        this.id = id;
        this.feed = feed;
    }

    static TestRecord of(String id, String feed) {
        return new TestRecord(id, feed);
    }

    TestRecord alias(String... ids) {
        aliases = List.of(ids);
        return this;
    }

    TestRecord severity(Severity word) {
        severity = Optional.of(word);
        return this;
    }

    TestRecord cvss(String version, String base) {
        cvss.add(new CvssScore(
                feed, version, "CVSS:" + version, new BigDecimal(base), Optional.empty(), Optional.empty()));
        return this;
    }

    TestRecord published(String instant) {
        published = Optional.of(Instant.parse(instant));
        return this;
    }

    TestRecord modified(String instant) {
        modified = Optional.of(Instant.parse(instant));
        return this;
    }

    TestRecord withdrawn(String instant) {
        withdrawn = Optional.of(Instant.parse(instant));
        return this;
    }

    TestRecord summary(String text) {
        summary = text;
        return this;
    }

    /// A source package of a release, fixed in a version.
    TestRecord source(String release, String name, String fixed) {
        return about(release, name, true, "<" + fixed, FixState.FIXED, "", fixed);
    }

    TestRecord binary(String release, String name, String fixed) {
        return about(release, name, false, "<" + fixed, FixState.FIXED, "", fixed);
    }

    TestRecord language(String ecosystem, String name, String range, String... fixed) {
        return about(ecosystem, name, false, range, fixed.length == 0 ? FixState.NOT_FIXED : FixState.FIXED, "", fixed);
    }

    TestRecord unfixed(String release, String name, FixState state) {
        return about(release, name, true, "*", state, "");
    }

    TestRecord notAffected(String release, String name) {
        packages.add(affected(release, name, true, List.of(), FixState.NOT_AFFECTED, "", List.of(), List.of()));
        return this;
    }

    TestRecord about(
            String ecosystem,
            String name,
            boolean ofSource,
            String range,
            FixState state,
            String module,
            String... fixed) {
        var intervals = Arrays.stream(range.split("\\|", -1))
                .map(VersionInterval::parse)
                .toList();
        packages.add(affected(ecosystem, name, ofSource, intervals, state, module, List.of(fixed), List.of()));
        return this;
    }

    TestRecord onlyOn(String architecture) {
        var last = packages.removeLast();
        packages.add(affected(
                last.ecosystem().toString(),
                last.name(),
                last.ofSource(),
                last.affected(),
                last.fixState(),
                last.module(),
                last.fixedIn(),
                List.of(architecture)));
        return this;
    }

    /// The flaw is in these packages of the last Go module.
    TestRecord in(AffectedImport... imports) {
        var last = packages.removeLast();
        packages.add(new AffectedPackage(
                last.ecosystem(),
                last.name(),
                last.ofSource(),
                last.affected(),
                last.fixState(),
                last.fixedIn(),
                last.module(),
                last.architectures(),
                last.status(),
                List.of(imports)));
        return this;
    }

    List<PackageAdvisory> packages() {
        return packages.stream()
                .map(each -> new PackageAdvisory(advisory(), each))
                .toList();
    }

    Advisory advisory() {
        return new Advisory(
                id,
                aliases,
                feed,
                severity,
                cvss,
                published,
                modified,
                withdrawn,
                summary,
                List.of("https://example.org/" + id));
    }

    private static AffectedPackage affected(
            String ecosystem,
            String name,
            boolean ofSource,
            List<VersionInterval> intervals,
            FixState state,
            String module,
            List<String> fixed,
            List<String> architectures) {
        return new AffectedPackage(
                Ecosystem.parse(ecosystem).orElseThrow(),
                name,
                ofSource,
                intervals,
                state,
                fixed,
                module,
                architectures,
                "");
    }
}
