package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.bundle.BundleReview;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says everything that is wrong with bundles.
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Say everything that is wrong with policy bundles, and what they say in vain.",
        footer = {"", "Exit codes: 0 the bundles can be used; 1 one has errors."})
final class PolicyValidateCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Bundles in JSON or YAML, Anchore's format 1_0 or 2, or folders of such.")
    private List<String> places = List.of();

    @Option(names = "--allow-backtracking", description = "Let patterns use look-around and back-references.")
    private boolean allowBacktracking;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Tell items of allowlists that have expired by then; default: now.")
    private @Nullable Instant at;

    @Option(
            names = {"-o", "--format"},
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How it is written (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TABLE;

    PolicyValidateCommand(Environment environment) {
        this.environment = environment;
    }

    enum Form {
        TABLE,
        JSON
    }

    /// What was found in one file.
    private record Validated(Path file, Optional<Bundle> bundle, List<BundleProblem> problems) {

        long count(Severity severity) {
            return problems.stream()
                    .filter(problem -> problem.severity() == severity)
                    .count();
        }

        boolean usable() {
            return bundle.isPresent() && count(Severity.ERROR) == 0;
        }
    }

    @Override
    public Integer call() throws IOException {
        var listing =
                PolicyFiles.files(places.stream().map(environment::resolve).toList());
        var instant = at != null ? at : environment.clock().instant();
        var all = new ArrayList<Validated>();
        Map<String, Path> ids = new LinkedHashMap<>();
        for (var file : listing.files()) {
            all.add(validated(file, instant, ids));
        }
        switch (form) {
            case TABLE -> print(all, listing.notes());
            case JSON -> writeJson(all);
        }
        environment.out().flush();
        return (all.stream().allMatch(Validated::usable) ? ExitCode.PASS : ExitCode.ERROR).code();
    }

    private Validated validated(Path file, Instant instant, Map<String, Path> ids) {
        var reading = PolicyFiles.reading(file, allowBacktracking);
        var problems = new ArrayList<>(reading.problems());
        reading.bundle().ifPresent(bundle -> {
            problems.addAll(BundleReview.expired(bundle, instant));
            var other = ids.putIfAbsent(bundle.id(), file);
            if (other != null) {
                problems.add(new BundleProblem(Severity.ERROR, "/id", PolicyFiles.sameId(other, file, bundle.id())));
            }
        });
        return new Validated(file, reading.bundle(), problems);
    }

    private void print(List<Validated> all, List<String> notes) {
        for (var validated : all) {
            for (var severity : Severity.values()) {
                var word = severity == Severity.ERROR ? "error    " : "warning  ";
                validated.problems().stream()
                        .filter(problem -> problem.severity() == severity)
                        .forEach(problem -> environment.out().println(word + problem));
            }
            var errors = validated.count(Severity.ERROR);
            var warnings = validated.count(Severity.WARNING);
            environment
                    .out()
                    .println(validated.file()
                            + (validated.usable()
                                    ? ": valid"
                                    : ": not valid, " + errors + (errors == 1 ? " error" : " errors"))
                            + (warnings == 0 ? "" : ", " + warnings + (warnings == 1 ? " warning" : " warnings")));
        }
        notes.forEach(note -> environment.err().println("plimsoll: note: " + note));
    }

    private void writeJson(List<Validated> all) throws IOException {
        try (var json = JsonWriter.indented(environment.out())) {
            json.object(() -> json.array(
                    "files",
                    () -> all.forEach(validated -> json.object(() -> {
                        json.member("file", validated.file().toString()).member("valid", validated.usable());
                        validated
                                .bundle()
                                .ifPresent(bundle -> json.member("id", bundle.id())
                                        .member("name", bundle.name())
                                        .member("formatVersion", bundle.formatVersion())
                                        .member("digest", bundle.digest()));
                        json.array(
                                "problems",
                                () -> validated
                                        .problems()
                                        .forEach(problem -> json.object(() -> json.member(
                                                        "severity",
                                                        problem.severity()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT))
                                                .member("pointer", problem.pointer())
                                                .member("message", problem.message()))));
                    }))));
        }
    }
}
