package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.policy.testing.Mutation;
import dev.plimsoll.policy.testing.RuleCoverage;
import dev.plimsoll.policy.testing.TestSuite;
import dev.plimsoll.report.testing.TestJson;
import dev.plimsoll.report.testing.TestJunit;
import dev.plimsoll.report.testing.TestReport;
import dev.plimsoll.report.testing.TestTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs tests of bundles.
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Run tests of policy bundles: small facts, what is expected of them, and which rules no test pins.",
        footer = {
            "",
            "Examples:",
            "  plimsoll policy test examples/policy.test.yaml",
            "  plimsoll policy test policies --mutate -o table -o junit=tests.xml",
            "",
            "Exit codes: 0 all passed; 1 a file has errors; 2 a test failed."
        })
final class PolicyTestCommand implements Callable<Integer> {

    private static final List<String> FORMATS = List.of("table", "json", "junit");

    private final Environment environment;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|FOLDER",
            description = "Files of tests, or folders with such (docs/policy-testing.md).")
    private List<String> places = List.of();

    @Option(
            names = "--mutate",
            description = "Also change each rule in one place at a time, and tell which changes no test notices.")
    private boolean mutate;

    @Option(names = "--allow-backtracking", description = "Let patterns use look-around and back-references.")
    private boolean allowBacktracking;

    @Option(
            names = {"-o", "--format"},
            split = "\n",
            paramLabel = "FORMAT[=FILE]",
            description =
                    "Write in a format, to standard output or a file; may be given several times: -o table -o junit=tests.xml. Formats: table, json, junit.")
    private List<String> outputs = List.of();

    @Option(
            names = {"-v", "--verbose"},
            description = "Also tell in which tests each rule fired.")
    private boolean verbose;

    PolicyTestCommand(Environment environment) {
        this.environment = environment;
    }

    /// One thing to write.
    private record Target(String format, Optional<String> file) {}

    @Override
    public Integer call() {
        var targets = targets();
        var files = new TestFiles(environment, allowBacktracking);
        var suites = files.read(places);
        var reports = new ArrayList<TestReport.FileReport>();
        var coverage = new ArrayList<RuleCoverage>();
        for (var suite : suites) {
            var outcomes = suite.run();
            reports.add(new TestReport.FileReport(suite.file(), outcomes));
            coverage.addAll(RuleCoverage.of(suite, outcomes));
        }
        var plain = new TestReport(reports, RuleCoverage.merged(coverage), Optional.empty());
        var report = mutate && plain.failed() == 0 ? mutated(plain, suites) : plain;
        targets.forEach(target -> write(target, report));
        if (mutate && plain.failed() > 0) {
            environment.err().println("plimsoll: note: no rule was changed, because tests fail as it is (--mutate)");
        }
        environment.out().flush();
        return (plain.failed() == 0 ? ExitCode.PASS : ExitCode.FAIL).code();
    }

    private static TestReport mutated(TestReport plain, List<TestSuite> suites) {
        return new TestReport(plain.files(), plain.coverage(), Optional.of(Mutation.of(suites)));
    }

    private List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (var output : outputs.isEmpty() ? List.of("table") : outputs) {
            int equals = output.indexOf('=');
            var format = equals < 0 ? output : output.substring(0, equals);
            if (!FORMATS.contains(format)) {
                throw CommandException.usage("there is no output format '" + format + "' (-o); formats are "
                        + String.join(", ", FORMATS) + NearNames.question(format, FORMATS));
            }
            targets.add(new Target(
                    format,
                    equals < 0 || output.substring(equals + 1).equals("-")
                            ? Optional.empty()
                            : Optional.of(output.substring(equals + 1))));
        }
        if (targets.stream().filter(target -> target.file().isEmpty()).count() > 1) {
            throw CommandException.usage(
                    "only one format can go to standard output; give the others a file: -o junit=tests.xml");
        }
        return targets;
    }

    private void write(Target target, TestReport report) {
        var bytes = bytes(target.format(), report);
        if (target.file().isEmpty()) {
            environment.out().writeBytes(bytes);
            return;
        }
        try {
            Files.write(environment.resolve(target.file().get()), bytes);
        } catch (IOException e) {
            throw CommandException.usage("cannot write " + target.file().get() + ": " + Failures.reason(e) + " (-o)");
        }
    }

    private byte[] bytes(String format, TestReport report) {
        var bytes = new ByteArrayOutputStream();
        try {
            switch (format) {
                case "json" -> TestJson.write(report, bytes);
                case "junit" -> TestJunit.write(report, bytes);
                default -> bytes.writeBytes(TestTable.of(report, verbose).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
