package dev.plimsoll.server.backup;

import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import dev.plimsoll.server.store.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;

/// Looks at all that a service keeps and says what is wrong and what to do. It only reads, but for old
/// objects that nobody names, which it deletes where that is asked for.
public final class Doctor {

    /// In bytes: less room than that is a warning.
    private static final long LITTLE_ROOM = 2L << 30;

    private static final long MEGABYTE = 1 << 20;

    private final Database.Address address;
    private final ObjectStore objects;
    private final InstantSource clock;
    private final List<Path> folders;
    private final List<Check> further;

    /// @param folders on whose disks there must be room
    /// @param further what other parts of the service want to be looked at: secrets, the audit log
    public Doctor(
            Database.Address address,
            ObjectStore objects,
            InstantSource clock,
            List<Path> folders,
            List<Check> further) {
        this.address = address;
        this.objects = objects;
        this.clock = clock;
        this.folders = List.copyOf(folders);
        this.further = List.copyOf(further);
    }

    /// How much is done.
    ///
    /// @param thorough whether every object that rows name is read to its end, which may take long
    /// @param deleteOrphans whether objects are deleted that no row names and that were not put for a
    ///     day
    public record Extent(boolean thorough, boolean deleteOrphans) {}

    /// Never throws: what cannot be looked at is a finding.
    ///
    /// @return at least one finding
    public List<Finding> examine(Extent extent) {
        List<Finding> found = new ArrayList<>();
        room(found);
        try (var connection = Schema.connect(address)) {
            var about = connection.getMetaData();
            if (about.getDatabaseMajorVersion() < ServerVersion.OLDEST) {
                found.add(Finding.error(
                        "the database is PostgreSQL " + about.getDatabaseProductVersion(),
                        "upgrade it to " + ServerVersion.OLDEST + " or newer"));
            } else {
                found.add(Finding.note("the database is PostgreSQL " + about.getDatabaseProductVersion()));
            }
            if (schema(Schema.version(connection), found)) {
                connection.setReadOnly(true);
                var objectsCheck = new ObjectsCheck(objects, clock, extent);
                var checks =
                        new ArrayList<Check>(List.of(objectsCheck, new RevisionCheck(objects), new JobsCheck(clock)));
                checks.addAll(further);
                try (var handle = Jdbi.open(connection)) {
                    for (var check : checks) {
                        examine(check, handle, found::add);
                    }
                }
            }
        } catch (IOException | SQLException e) {
            found.add(Finding.error(String.valueOf(e.getMessage()), "see that it runs and that its address is right"));
        }
        return List.copyOf(found);
    }

    private static void examine(Check check, org.jdbi.v3.core.Handle handle, Consumer<Finding> found) {
        try {
            handle.useTransaction(inside -> check.examine(inside, found));
        } catch (Exception e) {
            found.accept(Finding.error(
                    "something cannot be looked at (" + check.getClass().getSimpleName() + "): " + e.getMessage(),
                    "see to what it says and ask again"));
        }
    }

    private void room(List<Finding> found) {
        for (var folder : folders) {
            try {
                var room = Files.getFileStore(folder).getUsableSpace();
                if (room < LITTLE_ROOM) {
                    found.add(Finding.warning(
                            "only " + room / MEGABYTE + " MB are free for " + folder, "free some space on its disk"));
                }
            } catch (IOException e) {
                found.add(Finding.error("the folder " + folder + " cannot be looked at: " + e.getMessage(), "make it"));
            }
        }
    }

    /// @return whether the tables are those that the other checks ask
    private boolean schema(Optional<String> version, List<Finding> found) {
        if (version.isEmpty()) {
            found.add(Finding.warning(
                    "the database " + address + " holds no data of this service", "start the service once"));
            return false;
        }
        try {
            var info = Schema.flyway(address, Optional.empty()).info();
            MigrationVersion newest = null;
            for (var migration : info.all()) {
                if (migration.getState().isFailed()) {
                    found.add(Finding.error(
                            "the migration " + migration.getVersion() + " failed",
                            "restore the last backup, or ask for help with what the log of that start says"));
                }
                if (migration.getState().isResolved() && migration.getVersion() != null) {
                    newest = migration.getVersion();
                }
            }
            var there = MigrationVersion.fromVersion(version.get());
            if (newest != null && there.compareTo(newest) > 0) {
                found.add(Finding.error(
                        "the tables have version " + there + ", this Plimsoll knows " + newest,
                        "use the newer Plimsoll that brought them there"));
                return false;
            }
            if (info.pending().length > 0) {
                found.add(
                        Finding.note("the tables have version " + there + ": the next start brings them to " + newest));
                return false;
            }
            found.add(Finding.note("the tables have version " + there));
            return true;
        } catch (FlywayException e) {
            found.add(Finding.error(
                    "the version of the tables cannot be told: " + e.getMessage(), "see to what it says"));
            return false;
        }
    }
}
