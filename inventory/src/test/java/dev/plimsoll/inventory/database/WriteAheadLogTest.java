package dev.plimsoll.inventory.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.nix.NixDatabaseAnalyzer;
import dev.plimsoll.inventory.rpm.RpmDatabaseAnalyzer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logs that SQLite wrote.
class WriteAheadLogTest {

    private static final String RPM = "var/lib/rpm/rpmdb.sqlite-wal";

    @TempDir
    Path folder;

    private static List<String> unknowns(byte[] log) {
        return Analyzed.by(new RpmDatabaseAnalyzer(), RPM, log).unknowns();
    }

    @Test
    void committedChangesAreUnknown() throws Exception {
        try (var database = new LoggedDatabase(folder)) {
            database.run("insert into t values (1)");

            assertThat(unknowns(database.log()))
                    .containsExactly("it may hold changes that are not in rpmdb.sqlite yet; they were not read");
            assertThat(Analyzed.by(new NixDatabaseAnalyzer(), "nix/var/nix/db/db.sqlite-wal", database.log())
                            .unknowns())
                    .containsExactly("it may hold changes that are not in db.sqlite yet; they were not read");
        }
    }

    @Test
    void whatWasNeverCommittedIsNothing() throws Exception {
        try (var database = new LoggedDatabase(folder)) {
            database.insertOpen();

            assertThat(database.log().length).isGreaterThan(100_000);
            assertThat(unknowns(database.log())).isEmpty();
        }
    }

    @Test
    void whatIsNoLogIsNothingToSqliteEither() {
        assertThat(unknowns(new byte[4096])).isEmpty();
    }
}
