package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.advisory.database.CompositeAdvisorySource;
import dev.plimsoll.advisory.osv.OsvFolder;
import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Instants;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.purl.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is known to be wrong, and as of when. Every command that judges has these options.
final class DataArguments {

    @Option(
            names = "--db",
            paramLabel = "FILE",
            description = "The advisory database; default: plimsoll.db in the user's data folder.")
    private @Nullable String database;

    @Option(
            names = "--advisories",
            split = "\n",
            paramLabel = "FOLDER",
            description = "A folder of OSV records, beside the database or instead of it; may be given several times.")
    private List<String> folders = List.of();

    @Option(
            names = "--max-db-age",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "5d",
            description = "Say so when the database is older (default: ${DEFAULT-VALUE}).")
    private Duration maxAge = Duration.ofDays(5);

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Judge as of this instant, 2026-06-01T00:00:00Z; default: now.")
    private @Nullable Instant at;

    @Option(
            names = "--distro",
            paramLabel = "ID:VERSION",
            description = "Judge as this distribution: debian:12, alpine:3.18.")
    private @Nullable String distribution;

    @Option(names = "--only-fixed", description = "Leave out findings that have no fix.")
    private boolean onlyFixed;

    Instant at(Environment environment) {
        // Whole seconds: nobody reads more, and every format can carry it.
        return at != null
                ? at
                : Instant.ofEpochSecond(environment.clock().instant().getEpochSecond());
    }

    MatchOptions matchOptions() {
        Optional<Distribution> wanted = Optional.empty();
        if (distribution != null) {
            wanted = Distribution.parse(distribution);
            if (wanted.isEmpty()) {
                throw CommandException.usage(
                        "--distro: '" + distribution + "' is no distribution; write for example debian:12");
            }
        }
        return new MatchOptions(wanted, onlyFixed);
    }

    /// Where the database is expected.
    static Path databaseFile(@Nullable String option, Environment environment) {
        return option != null
                ? environment.resolve(option)
                : environment.dataFolder().resolve("plimsoll.db");
    }

    /// Opens all data there is. A database that was named must exist; the default one may be missing.
    AdvisorySource open(Environment environment) {
        var sources = new ArrayList<AdvisorySource>();
        try {
            for (var folder : folders) {
                sources.add(OsvFolder.read(linked(environment.resolve(folder))));
            }
            var file = databaseFile(database, environment);
            if (Files.exists(file) || database != null) {
                sources.add(AdvisoryDatabase.open(file));
            }
        } catch (AdvisoryException e) {
            throw CommandException.usage(e);
        }
        return new CompositeAdvisorySource(sources);
    }

    /// A link to a folder stands for the folder; the reader of the records follows none.
    private static Path linked(Path folder) {
        try {
            return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
        } catch (IOException e) {
            throw CommandException.usage("--advisories: cannot read " + folder + ": " + Failures.reason(e));
        }
    }

    /// What a user should know about the data before trusting the result.
    List<String> notes(AdvisorySource source, Environment environment) {
        var notes = new ArrayList<String>();
        var built = source.builtAt();
        if (built.isPresent() && Duration.between(built.get(), at(environment)).compareTo(maxAge) > 0) {
            notes.add("the advisory database is of " + built.get() + ", "
                    + Duration.between(built.get(), at(environment)).toDays()
                    + " days old: build or import a newer one (--max-db-age)");
        }
        if (built.isEmpty() && folders.isEmpty()) {
            notes.add("there is no advisory database at " + databaseFile(database, environment)
                    + ": make one with `plimsoll db build --from FOLDER --out FILE` and `plimsoll db import FILE`");
        }
        return notes;
    }
}
