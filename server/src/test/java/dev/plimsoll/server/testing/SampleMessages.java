package dev.plimsoll.server.testing;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.Result;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.Verdict;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.message.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// Messages for tests: plain ones, and ones of any size with texts that mean harm.
public final class SampleMessages {

    public static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    private static final String[] NASTY = {
        "<!everyone>",
        "<!channel|x>",
        "<@U123>",
        "<http://evil.example|click>",
        "&amp;",
        "&lt;script&gt;",
        "a & b < c > d",
        "<script>alert(1)</script>",
        "\r\nBcc: victim@example.org\r\n\r\n",
        "\n.\n",
        "\n",
        "\r",
        "\0",
        "😀😀😀",
        "\ud83d",
        "\ude00",
        "\u202eevil",
        "\u2028",
        "{code}x{code}",
        "{noformat}*x*{noformat}",
        "{ NoFormat:title=x}",
        "[a|http://evil.example]",
        "!http://evil.example/x.png!",
        "{{x}}",
        "h1. big",
        "*bold* _x_ `y`",
        "@channel",
        "\u007f\u0085",
        "é",
        "\"quoted\"",
        "a".repeat(3000),
        "\\",
        "=?utf-8?q?x?=",
        ".",
        "..",
        ""
    };

    private SampleMessages() {}

    public static Finding finding(String id, Severity severity) {
        return new Finding(
                id,
                severity,
                "openssl",
                "3.0.1",
                "pkg:deb/debian/openssl@3.0.1",
                List.of("3.0.2"),
                false,
                Optional.of(AT));
    }

    public static Subject subject(String name) {
        return new Subject(
                new UUID(3, name.hashCode()), AT, name, "sha256:" + "ab".repeat(32), Set.of(Cause.ADVISORY_ADDED));
    }

    /// A vulnerability is new in images.
    public static Message added(long id, String vulnerability, String... images) {
        return vulnerabilities(
                id,
                vulnerability,
                List.of(images).stream()
                        .<Item>map(image -> new VulnerabilityUpdate(
                                subject(image),
                                List.of(finding(vulnerability, Severity.CRITICAL)),
                                List.of(),
                                List.of(),
                                0))
                        .toList());
    }

    /// It is gone from images.
    public static Message gone(long id, String vulnerability, String... images) {
        return vulnerabilities(
                id,
                vulnerability,
                List.of(images).stream()
                        .<Item>map(image -> new VulnerabilityUpdate(
                                subject(image),
                                List.of(),
                                List.of(),
                                List.of(finding(vulnerability, Severity.CRITICAL)),
                                0))
                        .toList());
    }

    private static Message vulnerabilities(long id, String vulnerability, List<Item> items) {
        return new Message(
                new UUID(1, id),
                "acme",
                "criticals",
                EventKind.VULN_UPDATE,
                Grouping.CVE,
                "vuln_update cve " + vulnerability,
                vulnerability,
                AT,
                Set.of(Cause.ADVISORY_ADDED),
                items.size(),
                items.size(),
                items,
                Optional.of(URI.create("http://plimsoll.example/ui/vulnerabilities/" + vulnerability + "?a=1&b=2")));
    }

    /// The verdict on an image became another one.
    public static Message verdict(long id, String image, String before, String after) {
        return new Message(
                new UUID(2, id),
                "acme",
                "verdicts",
                EventKind.POLICY_EVAL,
                Grouping.IMAGE,
                "policy_eval image " + image,
                image,
                AT,
                Set.of(Cause.POLICY_CHANGED),
                1,
                1,
                List.of(new PolicyEvaluation(
                        subject(image),
                        "house rules 3",
                        Optional.of(new Verdict(before, "GO", 0, 0)),
                        new Verdict(after, "STOP", 2, 1),
                        List.of(new Result(
                                "vulnerabilities", "package", "CVE-1+openssl", "STOP", "CRITICAL in openssl")),
                        0,
                        0)),
                Optional.empty());
    }

    /// Any message: of every kind, from one event to hundreds, with texts that mean harm.
    public static Message any(Random random) {
        var kind = one(random, EventKind.values());
        int count = random.nextInt(4) == 0 ? random.nextInt(200) + 1 : random.nextInt(4) + 1;
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(kind, random, count > 20 ? 2 : 60));
        }
        return new Message(
                new UUID(random.nextLong(), random.nextLong()),
                text(random),
                text(random),
                kind,
                one(random, Grouping.values()),
                kind.word() + " group " + text(random),
                text(random),
                AT,
                Set.of(Cause.values()),
                count + random.nextInt(3),
                count,
                items,
                random.nextBoolean()
                        ? Optional.of(URI.create("http://plimsoll.example/ui?x=%3Cy%3E&z=" + random.nextInt()))
                        : Optional.empty());
    }

    private static Item item(EventKind kind, Random random, int most) {
        var subject = subject(text(random));
        return switch (kind) {
            case VULN_UPDATE ->
                new VulnerabilityUpdate(
                        subject,
                        findings(random, most),
                        findings(random, most),
                        findings(random, most),
                        random.nextInt(3));
            case POLICY_EVAL -> {
                List<Result> results = new ArrayList<>();
                for (int i = random.nextInt(most); i > 0; i--) {
                    results.add(new Result(text(random), text(random), text(random), "STOP", text(random)));
                }
                yield new PolicyEvaluation(
                        subject,
                        text(random),
                        Optional.empty(),
                        new Verdict(random.nextBoolean() ? "PASS" : "FAIL", "GO", 0, 0),
                        results,
                        random.nextInt(2),
                        0);
            }
            case TAG_UPDATE -> new TagUpdate(subject, text(random), text(random), Optional.of(text(random)));
            case ANALYSIS_UPDATE ->
                new AnalysisUpdate(subject, random.nextBoolean() ? "failed" : "analyzed", Optional.of(text(random)), 7);
        };
    }

    private static List<Finding> findings(Random random, int most) {
        List<Finding> findings = new ArrayList<>();
        for (int i = random.nextInt(most); i > 0; i--) {
            findings.add(new Finding(
                    text(random),
                    one(random, Severity.values()),
                    text(random),
                    text(random),
                    "",
                    List.of(text(random)),
                    random.nextBoolean(),
                    Optional.empty()));
        }
        return findings;
    }

    private static <T> T one(Random random, T[] of) {
        return List.of(of).get(random.nextInt(of.length));
    }

    private static String text(Random random) {
        if (random.nextInt(40) == 0) {
            return NASTY[random.nextInt(NASTY.length)].repeat(1 + 100_000 / 3000);
        }
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : "registry.example/app:1");
        }
        return text.toString();
    }
}
