package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.build.DatabaseBuilder;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.advisory.database.DatabaseFile;
import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.cli.command.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The advisory database: build it from feeds, put it where scans look, say what it covers.
@Command(name = "db", mixinStandardHelpOptions = true, description = "Build, import and inspect the advisory database.")
final class DatabaseCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    static CommandLine withSubcommands(Environment environment) {
        var line = new CommandLine(new DatabaseCommand());
        line.addSubcommand(new Build(environment));
        line.addSubcommand(new Import(environment));
        line.addSubcommand(new Status(environment));
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(),
                "name a command: db build, db import or db status");
    }

    /// Builds a database.
    @Command(name = "build", mixinStandardHelpOptions = true, description = "Build a database from a folder of feeds.")
    static final class Build implements Callable<Integer> {

        private final Environment environment;

        @Option(
                names = "--from",
                required = true,
                paramLabel = "FOLDER",
                description = "Archives (NAME.tar.zst, .tar.gz, .tar) or folders, named as the feeds are.")
        private String from = "";

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
        private String out = "";

        @Option(
                names = "--at",
                paramLabel = "TIME",
                converter = Instants.class,
                description = "The build's time; default: the variable SOURCE_DATE_EPOCH, else now.")
        private @Nullable Instant at;

        @Option(
                names = {"-q", "--quiet"},
                description = "Say nothing but errors.")
        private boolean quiet;

        Build(Environment environment) {
            this.environment = environment;
        }

        @Override
        public Integer call() {
            var file = environment.resolve(out);
            var feeds = environment.resolve(from);
            if (!Files.isDirectory(feeds)) {
                throw CommandException.usage("there is no folder of feeds " + feeds + " (--from)");
            }
            var folder = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
                throw CommandException.usage("cannot write " + file + ": "
                        + (Files.isDirectory(file) ? "it is a folder" : "there is no folder " + folder) + " (--out)");
            }
            try (var progress = new Progress(environment, quiet)) {
                var built = DatabaseBuilder.build(feeds, file, time(), progress::say);
                progress.say("checking the file");
                DatabaseFile.seal(file);
                progress.done();
                if (!quiet) {
                    report(built, file);
                }
                return ExitCode.PASS.code();
            } catch (AdvisoryException e) {
                throw CommandException.usage(e);
            }
        }

        private Instant time() {
            if (at != null) {
                return at;
            }
            return environment
                    .variable("SOURCE_DATE_EPOCH")
                    .map(text -> {
                        try {
                            return Instant.ofEpochSecond(Long.parseLong(text));
                        } catch (NumberFormatException | java.time.DateTimeException e) {
                            throw CommandException.usage("SOURCE_DATE_EPOCH: '" + text + "' is no number of seconds");
                        }
                    })
                    .orElseGet(() ->
                            Instant.ofEpochSecond(environment.clock().instant().getEpochSecond()));
        }

        private void report(DatabaseBuilder.Built built, Path file) {
            var text = new StringBuilder();
            for (var feed : built.feeds()) {
                text.append(String.format(Locale.ROOT, "%-16s %7d records", feed.feed(), feed.records()));
                text.append(feed.problemCount() == 0 ? "\n" : ", " + feed.problemCount() + " not read\n");
                feed.problems().stream()
                        .limit(3)
                        .forEach(problem -> text.append("    ").append(problem).append('\n'));
                if (feed.problemCount() > 3) {
                    text.append("    … and ").append(feed.problemCount() - 3).append(" more\n");
                }
            }
            built.unknown().forEach(name -> text.append(name).append(": no feed of that name is known; left out\n"));
            text.append(String.format(Locale.ROOT, "%s: %.1f MB, %s%n", file, built.bytes() / 1e6, built.digest()));
            environment.out().print(text);
            environment.out().flush();
        }
    }

    /// Puts a database where scans look.
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Verify a database and put it where scans look (--db, PLIMSOLL_DB, or the user's data folder).")
    static final class Import implements Callable<Integer> {

        private final Environment environment;

        @Parameters(index = "0", paramLabel = "FILE", description = "A file that db build wrote.")
        private String from = "";

        @Option(
                names = "--db",
                paramLabel = "FILE",
                description = "Where to put it; default: plimsoll.db in the user's data folder.")
        private @Nullable String database;

        @Option(names = "--digest", paramLabel = "sha256:…", description = "The digest that the file must have.")
        private @Nullable String digest;

        Import(Environment environment) {
            this.environment = environment;
        }

        @Override
        public Integer call() {
            var target = DataArguments.databaseFile(database, environment);
            var file = environment.resolve(from);
            if (!Files.isRegularFile(file)) {
                throw CommandException.usage("there is no file " + file + " to import");
            }
            try {
                var imported = DatabaseFile.importFrom(file, target, Optional.ofNullable(digest));
                environment.out().println("imported to " + target + " (" + imported + ")");
                if (digest == null && DatabaseFile.sealed(file).isEmpty()) {
                    environment
                            .err()
                            .println("plimsoll: note: nothing vouched for its digest: no --digest, and no file " + file
                                    + ".sha256.json as db build writes it");
                }
                environment.out().flush();
                return ExitCode.PASS.code();
            } catch (AdvisoryException e) {
                throw CommandException.usage(e);
            }
        }
    }

    /// Says what a database covers.
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Say what the database covers, how much, and how old it is.")
    static final class Status implements Callable<Integer> {

        private final Environment environment;

        @Option(
                names = "--db",
                paramLabel = "FILE",
                description = "The database; default: plimsoll.db in the user's data folder.")
        private @Nullable String database;

        @Option(
                names = "--max-db-age",
                paramLabel = "TIME",
                converter = Durations.class,
                defaultValue = "5d",
                description = "Say so when it is older (default: ${DEFAULT-VALUE}).")
        private Duration maxAge = Duration.ofDays(5);

        @Option(
                names = "--at",
                paramLabel = "TIME",
                converter = Instants.class,
                description = "Judge its age as of this instant; default: now.")
        private @Nullable Instant at;

        Status(Environment environment) {
            this.environment = environment;
        }

        @Override
        public Integer call() {
            var file = DataArguments.databaseFile(database, environment);
            try (var open = AdvisoryDatabase.open(file)) {
                var now = at != null ? at : environment.clock().instant();
                var built = open.builtAt();
                var text = new StringBuilder();
                text.append("file      ").append(file).append('\n');
                built.ifPresent(time -> {
                    var age = Duration.between(time, now);
                    text.append("built     ")
                            .append(time)
                            .append(", ")
                            .append(age.toDays())
                            .append(" days ago");
                    text.append(
                            age.compareTo(maxAge) > 0
                                    ? ": older than --max-db-age, build or import a newer one\n"
                                    : "\n");
                });
                text.append("format    ")
                        .append(open.metadata().getOrDefault("format", ""))
                        .append('\n');
                text.append("records   ")
                        .append(open.metadata().getOrDefault("digest", ""))
                        .append('\n');
                text.append("file is   ")
                        .append(DatabaseFile.sealed(file).orElse("not sealed"))
                        .append('\n');
                text.append("\nFEED              RECORDS  NOT READ  DIGEST\n");
                for (var source : open.sources()) {
                    text.append(String.format(
                            Locale.ROOT,
                            "%-16s %8d %9d  %s%n",
                            source.feed(),
                            source.records(),
                            source.problems(),
                            source.digest()));
                }
                text.append("\nCOVERS             PACKAGES IN ADVISORIES\n");
                for (var coverage : open.coverage()) {
                    text.append(String.format(Locale.ROOT, "%-16s %8d%n", coverage.ecosystem(), coverage.records()));
                }
                environment.out().print(text);
                environment.out().flush();
                return ExitCode.PASS.code();
            } catch (AdvisoryException e) {
                throw CommandException.usage(e);
            }
        }
    }
}
