package dev.plimsoll.report.testing;

import dev.plimsoll.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// A run of tests for machines (docs/policy-testing.md).
public final class TestJson {

    static final String VERSION = "1.0";

    private TestJson() {}

    public static void write(TestReport report, OutputStream out) throws IOException {
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("version", VERSION).member("tests", report.tests()).member("failed", report.failed());
                json.array("files", () -> report.files().forEach(file -> json.object(() -> file(json, file))));
                json.array(
                        "coverage",
                        () -> report.coverage()
                                .forEach(rule -> json.object(() -> json.member("bundle", rule.bundle())
                                        .member("ruleSet", rule.ruleSet())
                                        .member("rule", rule.rule())
                                        .member("gate", rule.gate())
                                        .member("trigger", rule.trigger())
                                        .strings("fired", rule.fired())
                                        .strings("quiet", rule.quiet())
                                        .strings("notJudged", rule.notJudged()))));
                report.mutation()
                        .ifPresent(mutation -> json.object("mutation", () -> {
                            json.member("tried", mutation.tried()).member("notTried", mutation.left());
                            json.array(
                                    "unnoticed",
                                    () -> mutation.survivors()
                                            .forEach(survivor ->
                                                    json.object(() -> json.member("bundle", survivor.bundle())
                                                            .member("ruleSet", survivor.ruleSet())
                                                            .member("rule", survivor.rule())
                                                            .member("part", survivor.part())
                                                            .member("change", survivor.change()))));
                        }));
            });
        }
    }

    private static void file(JsonWriter json, TestReport.FileReport file) {
        json.member("file", file.file());
        json.array(
                "tests",
                () -> file.outcomes()
                        .forEach(outcome -> json.object(() -> json.member(
                                        "name", outcome.test().name())
                                .member("passed", outcome.passed())
                                .member(
                                        "decision",
                                        outcome.verdict().decision().name().toLowerCase(Locale.ROOT))
                                .member(
                                        "action",
                                        outcome.verdict().finalAction().word())
                                .strings("failures", outcome.failures()))));
    }
}
