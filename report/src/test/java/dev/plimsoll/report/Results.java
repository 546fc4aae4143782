package dev.plimsoll.report;

import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.cvss.Cvss;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.MatchReason;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.matching.Suppressed;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BaselineComparison;
import dev.plimsoll.policy.Lease;
import dev.plimsoll.policy.Newness;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.AppliedMapping;
import dev.plimsoll.policy.Verdict.BundleReference;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Input;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.versions.VersionInterval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Results with something in every corner.
final class Results {

    static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");

    private Results() {}

    static ImagePackage openssl() {
        return binaryOfOpenssl("libssl3");
    }

    static ImagePackage binaryOfOpenssl(String name) {
        return new ImagePackage(
                PackageUrl.of(
                        PackageType.DEB,
                        "debian",
                        name,
                        "3.0.11-1~deb12u1",
                        Map.of("arch", "amd64", "distro", "debian-12", "upstream", "openssl")),
                PackageType.DEB,
                name,
                "3.0.11-1~deb12u1",
                Optional.of(new SourcePackage("openssl", "3.0.11-1~deb12u1")),
                "amd64",
                "",
                Evidence.INSTALLED,
                "dpkg-status/1",
                List.of(new Location("var/lib/dpkg/status", 0)),
                OptionalInt.of(0),
                List.of("Apache-2.0"),
                List.of("usr/lib/x86_64-linux-gnu/libssl.so.3"),
                Optional.empty());
    }

    static ImagePackage lodash(String path) {
        return npm("lodash", "4.17.15", path);
    }

    static ImagePackage npm(String name, String version, String path) {
        return new ImagePackage(
                PackageUrl.of(PackageType.NPM, "", name, version, Map.of()),
                PackageType.NPM,
                name,
                version,
                Optional.empty(),
                "",
                "",
                Evidence.INSTALLED,
                "npm-package/1",
                List.of(new Location(path, 1)),
                OptionalInt.of(1),
                List.of("MIT OR Apache-2.0"),
                List.of(),
                Optional.empty());
    }

    static Finding finding(String id, ImagePackage item, Severity severity, String... fixedIn) {
        return new Finding(
                id,
                List.of(id, "GHSA-35jh-r3h4-6jhm"),
                item,
                severity,
                "GHSA-35jh-r3h4-6jhm",
                List.of(Cvss.parse("ghsa", "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H")
                        .orElseThrow()),
                new Exploitation(
                        Optional.of(new Exploitation.Known(
                                LocalDate.parse("2024-01-01"), Optional.of(LocalDate.parse("2024-02-01")), true)),
                        Optional.of(new Exploitation.Probability(
                                new BigDecimal("0.42"), new BigDecimal("0.97"), Optional.empty()))),
                fixedIn.length == 0 ? FixState.NOT_FIXED : FixState.FIXED,
                List.of(fixedIn),
                List.of(new MatchReason(
                        Ecosystem.of(PackageType.NPM),
                        item.name(),
                        item.version(),
                        false,
                        "<4.17.21",
                        List.of(fixedIn.length == 0 ? VersionInterval.ALL : VersionInterval.before(fixedIn[0])),
                        "GHSA-35jh-r3h4-6jhm",
                        "ghsa")),
                Optional.of(Instant.parse("2021-05-06T16:05:51Z")),
                "Commands can be injected",
                "https://github.com/advisories/GHSA-35jh-r3h4-6jhm");
    }

    /// A finding of one record with these intervals, `|` between them.
    static Finding affected(String id, ImagePackage item, String intervals, String... fixedIn) {
        var plain = finding(id, item, Severity.HIGH, fixedIn);
        var affected = Arrays.stream(intervals.split("\\|", -1))
                .map(VersionInterval::parse)
                .toList();
        return new Finding(
                plain.id(),
                plain.ids(),
                item,
                plain.severity(),
                plain.severitySource(),
                plain.cvss(),
                plain.exploitation(),
                plain.fixState(),
                plain.fixedIn(),
                List.of(new MatchReason(
                        Ecosystem.of(PackageType.NPM),
                        item.name(),
                        item.version(),
                        false,
                        affected.getFirst().toString(),
                        affected,
                        id,
                        "ghsa")),
                plain.published(),
                plain.summary(),
                plain.link());
    }

    static RuleResult stop(Finding finding) {
        return result(
                Action.STOP,
                finding.severity() + " " + finding.id() + " in "
                        + finding.item().name(),
                Optional.of(finding));
    }

    static RuleResult result(Action action, String message, Optional<Finding> finding) {
        return result(action, message, "rule-1", "", Remedy.of(message), finding);
    }

    /// @param recommendation the bundle's, may be empty
    static RuleResult result(
            Action action,
            String message,
            String ruleId,
            String recommendation,
            Remedy remedy,
            Optional<Finding> finding) {
        return new RuleResult(
                "baseline",
                ruleId,
                "vulnerabilities",
                "package",
                "CVE-2021-23337+lodash",
                "vulnerabilities:package:CVE-2021-23337+pkg:npm/lodash@4.17.15",
                List.of("GHSA-35jh-r3h4-6jhm+lodash"),
                action,
                message,
                "frozen " + message,
                recommendation,
                remedy,
                finding,
                finding.map(Finding::item),
                finding.map(found -> found.item().locations()).orElse(List.of()),
                Optional.empty(),
                List.of());
    }

    /// A result that has been treated in all ways that leave it in the table.
    static RuleResult treated(Finding finding) {
        return stop(finding)
                .with(new Newness(Newness.State.EXISTING, Newness.Cause.IN_BASELINE))
                .treated(new Treatment.KnownBefore(Newness.Cause.IN_BASELINE, Action.STOP), Action.WARN)
                .treated(new Treatment.InGrace(Optional.of(AT.plusSeconds(60)), "fix", Action.STOP), Action.WARN);
    }

    static Inventory inventory() {
        return inventory(List.of(new Unknown("app/broken.jar", 1, "", "a broken archive: \u001b[31mred")));
    }

    static Inventory inventory(List<Unknown> unknowns) {
        var zeros = Digest.sha256("0".repeat(64));
        return new Inventory(
                new ImageFacts(
                        "docker-archive",
                        List.of("registry.example/shop/web:1.4"),
                        List.of("registry.example/shop/web@sha256:" + "1".repeat(64)),
                        Optional.of(zeros),
                        Optional.of(Digest.sha256("1".repeat(64))),
                        Optional.of(new Platform("linux", "amd64", "")),
                        Optional.of(new ImageConfiguration(
                                "linux",
                                "amd64",
                                "",
                                "2023-12-01T00:00:00Z",
                                "",
                                "",
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                "",
                                List.of(),
                                Map.of(),
                                "",
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                List.of(),
                                List.of(zeros))),
                        true,
                        List.of(
                                new ImageFacts.LayerFacts(zeros, Optional.of(zeros), "", 10, 20, "COPY a"),
                                new ImageFacts.LayerFacts(zeros, Optional.empty(), "", 10, 20, ""))),
                Optional.of(new Distribution("debian", "12", "bookworm", List.of(), "Debian GNU/Linux 12 (bookworm)")),
                List.of(openssl(), lodash("app/node_modules/lodash/package.json")),
                Optional.of(FileTable.of(List.of())),
                List.of(),
                List.of(),
                Optional.empty(),
                unknowns,
                List.of("dpkg-status/1", "npm-package/1"),
                Optional.empty());
    }

    /// A document that says little.
    static Result ofDocument() {
        return new Result("1", "an image", AT, toldByDocument(), Optional.empty(), Optional.empty());
    }

    private static Inventory toldByDocument() {
        return new Inventory(
                new ImageFacts(
                        "sbom",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of()),
                Optional.empty(),
                List.of(new ImagePackage(
                        PackageUrl.of(PackageType.NPM, "", "lodash", "4.17.15", Map.of()),
                        PackageType.NPM,
                        "lodash",
                        "4.17.15",
                        Optional.empty(),
                        "",
                        "",
                        Evidence.INSTALLED,
                        "purl-list/1",
                        List.of(),
                        OptionalInt.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty())),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(Unknown.inDocument("line 3", "'x' is no package URL")),
                List.of("purl-list/1"),
                Optional.of(new SourceDocument(
                        "list of package URLs",
                        Digest.sha256("2".repeat(64)),
                        List.of("some-tool 1"),
                        EnumSet.allOf(SourceDocument.PackageFact.class),
                        1)));
    }

    /// A finding that is not known to be exploited, with this probability.
    static Finding likely(String id, ImagePackage item, String probability) {
        var plain = finding(id, item, Severity.HIGH, "9");
        return new Finding(
                plain.id(),
                plain.ids(),
                item,
                plain.severity(),
                plain.severitySource(),
                plain.cvss(),
                new Exploitation(
                        Optional.empty(),
                        Optional.of(new Exploitation.Probability(
                                new BigDecimal(probability), new BigDecimal("0.5"), Optional.empty()))),
                plain.fixState(),
                plain.fixedIn(),
                plain.reasons(),
                plain.published(),
                plain.summary(),
                plain.link());
    }

    static Result listed(List<Finding> findings) {
        return listed(
                findings,
                List.of(new EcosystemCoverage("debian:12", PackageType.DEB, EcosystemCoverage.State.COVERED, 1, 3)));
    }

    /// Without findings.
    static Result listedOf(EcosystemCoverage... coverage) {
        return listed(List.of(), List.of(coverage));
    }

    private static Result listed(List<Finding> findings, List<EcosystemCoverage> coverage) {
        return new Result(
                "0.1.0",
                "registry.example/shop/web:1.4",
                AT,
                inventory(),
                Optional.of(new MatchResult(
                        Optional.empty(),
                        findings,
                        List.of(),
                        coverage,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        false,
                        ExploitationCoverage.ALL,
                        List.of())),
                Optional.empty());
    }

    static Result countedWith(List<Unknown> unknowns) {
        return new Result(
                "0.1.0", "registry.example/shop/web:1.4", AT, inventory(unknowns), Optional.empty(), Optional.empty());
    }

    static MatchResult matches() {
        var lodash = lodash("app/node_modules/lodash/package.json");
        return new MatchResult(
                Optional.of(new DistributionRelease("debian", "12")),
                List.of(
                        finding("CVE-2021-23337", lodash, Severity.HIGH, "4.17.21"),
                        finding("CVE-2023-5363", openssl(), Severity.MEDIUM)),
                List.of(new Suppressed(
                        finding("CVE-2020-8203", lodash, Severity.LOW, "4.17.19"),
                        "belongs to pkg:deb/debian/x@1, which the data judges")),
                List.of(
                        new EcosystemCoverage("debian:12", PackageType.DEB, EcosystemCoverage.State.COVERED, 1, 3),
                        new EcosystemCoverage("npm", PackageType.NPM, EcosystemCoverage.State.DATA_MISSING, 1, 0),
                        new EcosystemCoverage("hex", PackageType.HEX, EcosystemCoverage.State.NOT_COVERED, 1, 0)),
                Optional.empty(),
                List.of("x cannot be compared"),
                Optional.of(Instant.parse("2026-05-20T00:00:00Z")),
                List.of("sha256:" + "2".repeat(64)),
                false,
                ExploitationCoverage.ALL,
                List.of());
    }

    static Verdict verdict(Decision decision, List<RuleResult> results) {
        return new Verdict(
                decision,
                decision == Decision.PASS ? Action.GO : Action.STOP,
                "policy_evaluation",
                "3 results say STOP",
                "registry.example/shop/web:1.4",
                Optional.of(new AppliedMapping("shop", "Everything", List.of("baseline"), List.of("accepted"))),
                results,
                List.of(new Unjudged(
                        "baseline", "r", "files", "attribute_match", Action.WARN, "no digest was collected", false)),
                List.of(new Problem(Problem.Severity.WARN, "EndOfLife", "gate x is gone")),
                new BundleReference("storefront", "Storefront", "2"),
                List.of(new Input("bundle", "sha256:" + "3".repeat(64))),
                AT,
                List.of(
                        new Verdict.WaiverUse(
                                "curl-no-socks",
                                Verdict.WaiverUse.State.VALID,
                                1,
                                "shop@example.org",
                                Optional.of(AT),
                                "waivers.yaml",
                                List.of("its scope names no id")),
                        new Verdict.WaiverUse(
                                "old", Verdict.WaiverUse.State.EXPIRED, 0, "", Optional.empty(), "w.yaml", List.of())),
                Optional.of(new NextChange(AT.plusSeconds(60), "an item expires")),
                List.of(),
                Optional.of(new BaselineComparison(
                        List.of(new BaselineComparison.Added(
                                finding("CVE-2023-5363", openssl(), Severity.HIGH), Newness.Cause.PACKAGE_ADDED)),
                        3,
                        List.of(new BaselineComparison.Gone(
                                "CVE-1-1", "low", "pkg:npm/x@1", Newness.Cause.PACKAGE_REMOVED)))),
                Optional.of(new Lease(AT.plusSeconds(60), Decision.UNKNOWN, "an item expires")));
    }

    /// A stop that a waiver made into this.
    static RuleResult waived(Finding finding, String effect, Action now) {
        return stop(finding)
                .treated(
                        new Treatment.Waived(
                                "curl-no-socks",
                                "not-affected",
                                "vulnerable_code_not_in_execute_path",
                                "No proxy is configured",
                                "shop@example.org",
                                "security@example.org",
                                "SEC-1",
                                Optional.of(Instant.parse("2026-12-31T00:00:00Z")),
                                effect,
                                Action.STOP),
                        now);
    }

    static Result checked(Decision decision, List<RuleResult> results) {
        return new Result(
                "0.1.0",
                "registry.example/shop/web:1.4",
                AT,
                inventory(),
                Optional.of(matches()),
                Optional.of(verdict(decision, results)));
    }

    static Result listed() {
        return new Result(
                "0.1.0", "registry.example/shop/web:1.4", AT, inventory(), Optional.of(matches()), Optional.empty());
    }

    static Result counted() {
        return new Result(
                "0.1.0", "registry.example/shop/web:1.4", AT, inventory(), Optional.empty(), Optional.empty());
    }
}
