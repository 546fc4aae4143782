package dev.plimsoll.report.testing;

import dev.plimsoll.policy.testing.TestSuite.Outcome;
import dev.plimsoll.report.xml.XmlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// A run of tests in the form that continuous integration reads.
///
/// Format: what Ant's JUnit task wrote and all readers take: `testsuites`, `testsuite`, `testcase`, `failure`. Times
/// are
/// left out: the same tests give the same bytes.
public final class TestJunit {

    private TestJunit() {}

    public static void write(TestReport report, OutputStream out) throws IOException {
        try (var xml = new XmlWriter(out)) {
            xml.element(
                    "testsuites",
                    Map.of(
                            "name", "plimsoll policy test",
                            "tests", String.valueOf(report.tests()),
                            "failures", String.valueOf(report.failed())),
                    () -> report.files().forEach(file -> suite(xml, file)));
        }
    }

    private static void suite(XmlWriter xml, TestReport.FileReport file) {
        long failed =
                file.outcomes().stream().filter(outcome -> !outcome.passed()).count();
        xml.element(
                "testsuite",
                Map.of(
                        "name", file.file(),
                        "tests", String.valueOf(file.outcomes().size()),
                        "failures", String.valueOf(failed),
                        "errors", "0",
                        "skipped", "0"),
                () -> file.outcomes().forEach(outcome -> test(xml, file.file(), outcome)));
    }

    private static void test(XmlWriter xml, String file, Outcome outcome) {
        var attributes = Map.of("name", outcome.test().name(), "classname", file);
        if (outcome.passed()) {
            xml.empty("testcase", attributes);
            return;
        }
        xml.element(
                "testcase",
                attributes,
                () -> xml.leaf(
                        "failure",
                        Map.of("message", outcome.failures().getFirst(), "type", "expectation"),
                        String.join("\n", outcome.failures())));
    }
}
