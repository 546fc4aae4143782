package dev.plimsoll.server.testing;

import dev.plimsoll.server.postgres.PostgresException;
import dev.plimsoll.server.postgres.Programs;
import dev.plimsoll.server.postgres.RunAs;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An empty database with the schema, on a real PostgreSQL that the first test of the process starts, on loopback, in a
/// temporary folder, and that stops with the process. Each test has a database of its own, a copy of one that was
/// migrated once.
///
/// Which PostgreSQL: the system property `plimsoll.test.postgres`, `debian` or `embedded`; without it Debian's newest
/// where one is installed. {@link #on} asks for a certain one.
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "migrated";
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=200");

    private static final Path DEBIAN_FOLDER = Path.of("/usr/lib/postgresql");
    private static final Map<Kind, Integer> PORTS = new EnumMap<>(Kind.class);

    private final int port;
    private final String name;
    private final Database database;

    private TestDatabase(int port, String name, Database database) {
        this.port = port;
        this.name = name;
        this.database = database;
    }

    /// Whose PostgreSQL.
    public enum Kind {
        DEBIAN,
        EMBEDDED;

        public boolean isHere() {
            return this == EMBEDDED || Files.isDirectory(DEBIAN_FOLDER);
        }
    }

    public static TestDatabase create() {
        return on(kind());
    }

    public static TestDatabase on(Kind kind) {
        var port = start(kind);
        var name = "test" + COUNT.incrementAndGet();
        sql(port, "create database " + name + " template " + TEMPLATE);
        return new TestDatabase(port, name, Database.open(address(port, name)));
    }

    /// A database without tables.
    ///
    /// @return where it is; it goes with the process
    public static Database.Address empty(Kind kind) {
        var port = start(kind);
        var name = "empty" + COUNT.incrementAndGet();
        sql(port, "create database " + name);
        return address(port, name);
    }

    private static Kind kind() {
        var wanted = System.getProperty("plimsoll.test.postgres");
        if (wanted != null) {
            return Kind.valueOf(wanted.toUpperCase(Locale.ROOT));
        }
        return Kind.DEBIAN.isHere() ? Kind.DEBIAN : Kind.EMBEDDED;
    }

    public Database database() {
        return database;
    }

    public Database.Address address() {
        return address(port, name);
    }

    private static Database.Address address(int port, String name) {
        return new Database.Address("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "test", "", 4);
    }

    @Override
    public void close() {
        database.close();
        sql(port, "drop database " + name + " with (force)");
    }

    private static void sql(int port, String text) {
        try (var connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "test", "");
                var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized int start(Kind kind) {
        var known = PORTS.get(kind);
        if (known != null) {
            return known;
        }
        try {
            var folder = Files.createTempDirectory("plimsoll-postgres");
            var data = folder.resolve("data");
            var as = runAs();
            Files.setAttribute(folder, "unix:uid", as.uid());
            int port;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            var programs = programs(kind);
            if (kind == Kind.EMBEDDED
                    && System.getProperty("plimsoll.test.postgres") == null
                    && !Kind.DEBIAN.isHere()) {
                System.err.println("TESTS RUN ON THE EMBEDDED PostgreSQL ALONE: Debian's is not installed");
            }
            run(as.command(List.of(
                    programs.resolve("initdb").toString(),
                    "-D",
                    data.toString(),
                    "-U",
                    "test",
                    "-A",
                    "trust",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "-N")));
            var command = new ArrayList<>(List.of(
                    programs.resolve("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
            for (var setting : SETTINGS) {
                command.addAll(List.of("-c", setting));
            }
            var server = new ProcessBuilder(as.command(command))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
            await(port);
            sql(port, "create database " + TEMPLATE);
            Database.open(address(port, TEMPLATE)).close();
            PORTS.put(kind, port);
            return port;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RunAs runAs() throws IOException {
        try {
            return RunAs.choose(Optional.empty());
        } catch (PostgresException _) {
            return RunAs.choose(Optional.of("nobody"));
        }
    }

    private static void await(int port) throws IOException {
        SQLException last = null;
        for (int i = 0; i < 300; i++) {
            try {
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "test", "")
                        .close();
                return;
            } catch (SQLException e) {
                last = e;
                pause();
            }
        }
        throw new IOException("PostgreSQL does not answer", last);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Process server, Path folder) {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException | IOException _) {
            // the process ends
        }
    }

    /// Debian keeps them apart by version: the newest.
    private static Path programs(Kind kind) throws IOException {
        if (kind == Kind.EMBEDDED) {
            return unpacked().folder();
        }
        try (var versions = Files.list(DEBIAN_FOLDER)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("there is no PostgreSQL here"));
        }
    }

    /// The programs of the embedded one; unpacked once for all runs on this machine.
    public static Programs unpacked() throws IOException {
        return Programs.unpack(unpackedTo());
    }

    public static Path unpackedTo() {
        return Path.of(System.getProperty("java.io.tmpdir"), "plimsoll-test-postgres-programs");
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
