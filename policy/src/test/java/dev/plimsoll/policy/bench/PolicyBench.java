package dev.plimsoll.policy.bench;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.waiver.Waivers;
import dev.plimsoll.purl.PackageType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.Supplier;

/// How long evaluations take on one thread, warm. No test: `bench/policy` runs it and prints the table.
public final class PolicyBench {

    private static final int PACKAGES = 450;
    private static final int FINDINGS = 700;
    private static final int RULES = 60;
    private static final int ITEMS = 2670;
    private static final int WAIVERS = 2000;
    private static final int MANY_FINDINGS = 5000;
    /// Processor time, so that other work on the machine does not count.
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final long NANOS_A_SIDE = 3_000_000_000L;

    private PolicyBench() {}

    public static void main(String[] arguments) {
        System.out.printf(Locale.ROOT, "%-70s %12s %12s%n", "what", "median ms", "a second");
        var evidence = evidence(FINDINGS);
        var bundle = rules();
        measure(
                "one image: " + PACKAGES + " packages, " + FINDINGS + " findings, " + RULES + " rules",
                () -> PolicyEvaluator.evaluate(bundle, evidence, EvaluationOptions.DEFAULT)
                        .results()
                        .size());
        var many = evidence(MANY_FINDINGS);
        var with = allowing();
        var without = BundleText.of()
                .rule("STOP", "vulnerabilities", "package", "package_type=all")
                .bundle(false);
        measure(
                "allowlist of " + ITEMS + " items, " + MANY_FINDINGS + " findings, one rule",
                () -> PolicyEvaluator.evaluate(with, many, EvaluationOptions.DEFAULT)
                        .results()
                        .size());
        measure(
                "the same without the allowlist",
                () -> PolicyEvaluator.evaluate(without, many, EvaluationOptions.DEFAULT)
                        .results()
                        .size());
        var thousand = evidence(1000);
        var conditions = BundleText.of()
                .rule(
                        "STOP",
                        "expression",
                        "condition",
                        "for_each=finding",
                        "condition=finding.severity in ['high', 'critical'] && finding.cvss >= 7 && finding.has_fix")
                .bundle(false);
        measure(
                "gate expression, 1000 findings",
                () -> PolicyEvaluator.evaluate(conditions, thousand, EvaluationOptions.DEFAULT)
                        .results()
                        .size());
        var waivers = waivers();
        measure(
                WAIVERS + " waivers, " + MANY_FINDINGS + " findings, one rule",
                () -> PolicyEvaluator.evaluate(without, waivers, many, EvaluationOptions.DEFAULT)
                        .results()
                        .size());
    }

    private static void measure(String what, Supplier<Integer> work) {
        long end = CLOCK.getCurrentThreadCpuTime() + NANOS_A_SIDE;
        int results = 0;
        while (CLOCK.getCurrentThreadCpuTime() < end) {
            results = work.get();
        }
        var times = new long[10_000];
        int count = 0;
        end = CLOCK.getCurrentThreadCpuTime() + NANOS_A_SIDE;
        while (CLOCK.getCurrentThreadCpuTime() < end && count < times.length) {
            long begin = CLOCK.getCurrentThreadCpuTime();
            results = work.get();
            times[count++] = CLOCK.getCurrentThreadCpuTime() - begin;
        }
        java.util.Arrays.sort(times, 0, count);
        double median = times[count / 2] / 1e6;
        System.out.printf(
                Locale.ROOT, "%-70s %12.3f %12.0f%n", what + " (" + results + " results)", median, 1000 / median);
    }

    private static Evidence evidence(int findings) {
        var image = Fixture.image().user("root").exposing("22/tcp", "8080/tcp").layer(1 << 20);
        for (int i = 0; i < PACKAGES; i++) {
            image.installed(i % 3 == 0 ? PackageType.NPM : PackageType.DEB, "package" + i, "1." + i, "usr/share/p" + i);
        }
        for (int i = 0; i < 2000; i++) {
            image.file("usr/lib/file" + i, FileEntry.Kind.FILE, 0100644, "");
        }
        var severities = Severity.values();
        for (int i = 0; i < findings; i++) {
            int item = i % PACKAGES;
            var finding = Fixture.finding("CVE-2026-" + (10_000 + i), severities[i / 3 % severities.length])
                    .in(
                            item % 3 == 0 ? PackageType.NPM : PackageType.DEB,
                            "package" + item,
                            "1." + item,
                            "usr/p" + item)
                    .scored("nvd", "7.5", "3.9", "3.6");
            if (i / 18 % 2 == 0) {
                finding.fixedIn("2.0");
            }
            image.hit(finding);
        }
        return image.covering("debian:12", PackageType.DEB, EcosystemCoverage.State.COVERED)
                .covering("npm", PackageType.NPM, EcosystemCoverage.State.COVERED)
                .evidence();
    }

    /// Rules as teams have them: some about vulnerabilities, many about packages and the Dockerfile.
    private static Bundle rules() {
        var text = BundleText.of();
        for (int i = 0; i < RULES; i++) {
            switch (i % 6) {
                case 0 ->
                    text.rule(
                            "STOP",
                            "vulnerabilities",
                            "package",
                            "package_type=" + (i / 6 % 2 == 0 ? "os" : "non-os"),
                            "severity_comparison=>=",
                            "severity=" + (i / 12 % 2 == 0 ? "critical" : "high"),
                            "fix_available=true");
                case 1 -> text.rule("STOP", "packages", "denylist", "name=forbidden" + i);
                case 2 ->
                    text.rule(
                            "WARN",
                            "dockerfile",
                            "instruction",
                            "instruction=RUN",
                            "check=like",
                            "value=.*apt-get upgrade" + i + ".*");
                case 3 -> text.rule("WARN", "packages", "required_package", "name=package" + i);
                case 4 -> text.rule("STOP", "dockerfile", "exposed_ports", "ports=22," + i, "type=denylist");
                default -> text.rule("WARN", "dockerfile", "effective_user", "users=root", "type=denylist");
            }
        }
        return text.bundle(false);
    }

    /// Most name a vulnerability of a package, some a package, a few a folder.
    private static Waivers waivers() {
        var text = new StringBuilder();
        for (int i = 0; i < WAIVERS; i++) {
            var scope = i % 100 == 0
                    ? "{paths: [usr/share/folder" + i + "/**]}"
                    : i % 10 == 0
                            ? "{packages: [package" + i % PACKAGES + "], ids: [CVE-2025-*]}"
                            : "{ids: [CVE-2026-" + (10_000 + i * 2) + "], packages: [package" + i * 2 % PACKAGES + "]}";
            text.append("- {id: w")
                    .append(i)
                    .append(", scope: ")
                    .append(scope)
                    .append(", reason: accepted-risk, text: why, owner: team, effect: suppress, until: 2027-01-01}\n");
        }
        return Fixture.waivers(text.toString());
    }

    private static Bundle allowing() {
        var text = BundleText.of().rule("STOP", "vulnerabilities", "package", "package_type=all");
        for (int i = 0; i < ITEMS; i++) {
            int id = 10_000 + i * 2;
            text.item(
                    "vulnerabilities",
                    i % 3 == 0 ? "CVE-2026-" + id + "+*" : "CVE-2026-" + id + "+package" + id % PACKAGES);
        }
        return text.bundle(false);
    }
}
