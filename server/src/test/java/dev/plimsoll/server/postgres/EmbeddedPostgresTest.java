package dev.plimsoll.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.server.store.Database;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {

    @TempDir
    private Path folder;

    private Settings settings = settings(Path.of(""));

    /// Data that were made once; each test has a copy.
    @TempDir
    private static Path made;

    @BeforeAll
    static void make() throws IOException {
        EmbeddedPostgres.start(settings(made.resolve("postgres"))).close();
    }

    private static Settings settings(Path folder) {
        return new Settings(folder, TestDatabase.unpackedTo(), Optional.empty(), 4, true);
    }

    @BeforeEach
    void copy() throws IOException {
        settings = settings(folder.resolve("postgres"));
        var outcome = Command.run(
                List.of(
                        "cp",
                        "-a",
                        made.resolve("postgres").toString(),
                        settings.folder().toString()),
                Duration.ofMinutes(1));
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
    }

    /// The data belong to whoever ran it last, and the temporary folder must go.
    @AfterEach
    void nothingRuns() throws IOException {
        var file = PidFile.read(settings.folder().resolve("data"));
        assertThat(file.flatMap(left -> ProcessHandle.of(left.pid()))).isEmpty();
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        var address = postgres.address();
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    private static String ask(EmbeddedPostgres postgres, String query) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedPostgres postgres, String text) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Test
    void keepsItsDataFromOneStartToTheNext() throws Exception {
        String password;
        try (var postgres = EmbeddedPostgres.start(settings)) {
            execute(postgres, "create table t as select 7 as n");
            password = postgres.address().password();
            assertThat(postgres.address().toString()).doesNotContain(password);
        }
        try (var postgres = EmbeddedPostgres.start(settings)) {
            assertThat(ask(postgres, "select n from t")).isEqualTo("7");
            assertThat(postgres.address().password()).isEqualTo(password);
            assertThat(postgres.problem()).isEmpty();
        }
    }

    @Test
    void letsNobodyInWithoutThePasswordAndWritesToDisk() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings)) {
            var address = postgres.address();
            assertThatThrownBy(() -> DriverManager.getConnection(address.url(), address.user(), "guess"))
                    .hasMessageContaining("password authentication failed");
            assertThat(ask(postgres, "select rolpassword from pg_authid where rolname = 'plimsoll'"))
                    .startsWith("SCRAM-SHA-256$");
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "show unix_socket_directories")).isEmpty();
            assertThat(ask(postgres, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(settings.folder().resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings.folder())))
                    .isEqualTo("rwx------");
            assertThat(settings.folder().resolve("password.new")).doesNotExist();
        }
    }

    @Test
    void refusesASecondServiceOnTheSameData() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining(settings.folder().toString())
                    .hasMessageContaining("--database-url");
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void startsAgainWhenItIsKilledAtTheSameAddressWithWhatWasCommitted() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings)) {
            execute(postgres, "create table t as select 7 as n");
            var address = postgres.address();
            var killed = postgres.pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < end
                    && (postgres.pid() == killed || postgres.problem().isPresent())) {
                Thread.sleep(20);
            }
            assertThat(postgres.pid()).isNotEqualTo(killed);
            assertThat(postgres.address()).isEqualTo(address);
            assertThat(ask(postgres, "select n from t")).isEqualTo("7");
        }
    }

    @Test
    void stopsTheServerOfAServiceThatWasKilledAndKeepsWhatWasCommitted() throws Exception {
        var victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        settings.folder().toString(),
                        settings.programs().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long orphan;
        try (var said = victim.inputReader()) {
            var line = said.readLine();
            while (line != null && !line.startsWith("pid ")) {
                line = said.readLine();
            }
            assertThat(line).isNotNull();
            orphan = Long.parseLong(String.valueOf(line).substring("pid ".length()));
        } finally {
            victim.destroyForcibly().waitFor();
        }
        assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isPresent();
        try (var postgres = EmbeddedPostgres.start(settings)) {
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(ask(postgres, "select n from t")).isEqualTo("7");
        }
    }

    /// Starts one, writes, and waits to be killed.
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            var postgres = EmbeddedPostgres.start(
                    new Settings(Path.of(arguments[0]), Path.of(arguments[1]), Optional.empty(), 4, true));
            execute(postgres, "create table t as select 7 as n");
            System.out.println("pid " + postgres.pid());
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    @Test
    void startsThoughAFileSaysThatAnotherProcessOfOursIsTheServer() throws Exception {
        var stale = settings.folder().resolve("data").resolve(PidFile.NAME);
        // the number is given to somebody else after the machine's start: here a process of the same user
        var other = new ProcessBuilder("sleep", "300").directory(new File("/")).start();
        try {
            Files.writeString(stale, other.pid() + "\n" + stale.getParent() + "\n1\n5432\n\n127.0.0.1\n\nready   \n");
            try (var postgres = EmbeddedPostgres.start(settings)) {
                assertThat(ask(postgres, "select 1")).isEqualTo("1");
            }
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void refusesDataOfAnotherMajorVersionAndNamesTheWay() throws Exception {
        var version = settings.folder().resolve("data").resolve("PG_VERSION");
        Files.writeString(version, "15\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                .hasMessageContaining("PostgreSQL 15")
                .hasMessageContaining("brings PostgreSQL 18")
                .hasMessageContaining("server backup")
                .hasMessageContaining("server restore");
        Files.writeString(version, "18\n");
        EmbeddedPostgres.start(settings).close();
    }

    @Test
    void beginsAnewWhenItWasKilledWhileItMadeTheData() throws Exception {
        settings = settings(folder.resolve("killed"));
        var unfinished = settings.folder().resolve("data.new");
        Files.createDirectories(unfinished);
        Files.writeString(unfinished.resolve("PG_VERSION"), "18\n");
        EmbeddedPostgres.start(settings).close();
        assertThat(unfinished).doesNotExist();
        assertThat(settings.folder().resolve("data").resolve("global")).isDirectory();
    }

    @Test
    void runsAsTheUserThatRootNamesAndBackAgain() throws Exception {
        assumeRoot();
        // a temporary folder of the test is root's alone
        for (var above = folder; above != null && !above.equals(Path.of("/")); above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above)
                    .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
            }
        }
        var asNobody = new Settings(settings.folder(), settings.programs(), Optional.of("nobody"), 4, true);
        try (var postgres = EmbeddedPostgres.start(asNobody)) {
            assertThat(ProcessHandle.of(postgres.pid()).orElseThrow().info().user())
                    .contains("nobody");
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
        try (var postgres = EmbeddedPostgres.start(settings)) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void saysWhichFolderTheNamedUserCannotReach() throws Exception {
        assumeRoot();
        settings = settings(folder.resolve("private").resolve("postgres"));
        Files.createDirectories(settings.folder());
        Files.setPosixFilePermissions(folder.resolve("private"), PosixFilePermissions.fromString("rwx------"));
        var asNobody = new Settings(settings.folder(), settings.programs(), Optional.of("nobody"), 4, true);
        assertThatThrownBy(() -> EmbeddedPostgres.start(asNobody))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining(settings.folder().toString())
                .hasMessageContaining("nobody")
                .hasMessageContaining("must be able to reach");
    }

    @Test
    void refusesUsersWhoAreNotThereOrAreRoot() throws Exception {
        assumeRoot();
        assertThatThrownBy(() -> RunAs.choose(Optional.of("nobody-of-that-name")))
                .hasMessageContaining("knows no user 'nobody-of-that-name'");
        assertThatThrownBy(() -> RunAs.choose(Optional.of("root"))).hasMessageContaining("refuses to run as root");
        assertThatThrownBy(() -> RunAs.choose(Optional.of("--help"))).hasMessageContaining("no name of a user");
    }

    private static void assumeRoot() throws IOException {
        var root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (!root) {
            System.err.println("SKIPPED: running PostgreSQL as another user is tested by root alone");
        }
        assumeTrue(root, "not root");
    }

    @Test
    void passesNothingOfItsEnvironmentToTheServer() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings)) {
            var environment = Files.readString(Path.of("/proc/" + postgres.pid() + "/environ"));
            assertThat(List.of(environment.split("\0", -1)))
                    .allSatisfy(variable -> assertThat(variable).matches("(PATH|LC_ALL|PG[A-Z_]*|PWD|)(=.*)?"));
        }
    }

    @Test
    void isNotMeantByAnInterruptAtTheTerminal() throws Exception {
        assumeTrue(Command.find("setsid").isPresent(), "setsid is not installed");
        try (var postgres = EmbeddedPostgres.start(settings)) {
            assertThat(processGroup(postgres.pid()))
                    .isEqualTo(Long.toString(postgres.pid()))
                    .isNotEqualTo(processGroup(ProcessHandle.current().pid()));
        }
    }

    /// Source: proc_pid_stat(5): the third field after the name in parentheses.
    private static String processGroup(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2];
    }

    @Test
    void losesNothingThatWasCommittedWhenItIsKilledUnderLoadAndThePoolGoesOn() throws Exception {
        var committed = new ConcurrentSkipListSet<Integer>();
        var next = new AtomicInteger();
        try (var postgres = EmbeddedPostgres.start(settings);
                var database = Database.open(postgres.address())) {
            var stop = new AtomicBoolean();
            try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var i = 0; i < 3; i++) {
                    writers.execute(() -> {
                        while (!stop.get()) {
                            var number = next.incrementAndGet();
                            try {
                                database.jdbi()
                                        .useHandle(handle -> handle.execute(
                                                "insert into setting values (?, 'x')", Integer.toString(number)));
                                committed.add(number);
                            } catch (JdbiException _) {
                                // not committed, or nobody knows: the service would try again
                            }
                        }
                    });
                }
                for (var round = 0; round < 2; round++) {
                    awaitMoreThan(committed, committed.size() + 50);
                    var killed = postgres.pid();
                    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                    // it takes connections a moment before its number is known
                    while (postgres.pid() == killed) {
                        Thread.sleep(10);
                    }
                }
                awaitMoreThan(committed, committed.size() + 50);
                stop.set(true);
            }
            var there = database.jdbi()
                    .withHandle(handle -> handle.createQuery("select name::integer from setting")
                            .mapTo(Integer.class)
                            .set());
            assertThat(there).containsAll(committed);
        }
    }

    private static void awaitMoreThan(Set<Integer> numbers, int size) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (numbers.size() <= size && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(numbers).hasSizeGreaterThan(size);
    }
}
