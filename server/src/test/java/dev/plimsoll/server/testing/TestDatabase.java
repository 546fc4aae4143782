package dev.plimsoll.server.testing;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An empty database with the schema, on a real PostgreSQL that the first test of the process starts, on loopback, in a
/// temporary folder, and that stops with the process. Each test has a database of its own, a copy of one that was
/// migrated once.
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "migrated";

    private static int port;
    private static boolean started;

    private final String name;
    private final Database database;

    private TestDatabase(String name, Database database) {
        this.name = name;
        this.database = database;
    }

    public static TestDatabase create() {
        start();
        var name = "test" + COUNT.incrementAndGet();
        sql("create database " + name + " template " + TEMPLATE);
        return new TestDatabase(name, Database.open(address(name)));
    }

    public Database database() {
        return database;
    }

    public Database.Address address() {
        return address(name);
    }

    private static Database.Address address(String name) {
        return new Database.Address("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "test", "", 4);
    }

    @Override
    public void close() {
        database.close();
        sql("drop database " + name + " with (force)");
    }

    private static void sql(String text) {
        try (var connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "test", "");
                var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized void start() {
        if (started) {
            return;
        }
        try {
            var folder = Files.createTempDirectory("plimsoll-postgres");
            var data = folder.resolve("data");
            var root = System.getProperty("user.name", "").equals("root");
            if (root) {
                run(List.of("chown", "postgres", folder.toString()));
            }
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            var programs = programs();
            var as = root
                    ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
                    : List.<String>of();
            run(and(
                    as,
                    List.of(
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
            var server = new ProcessBuilder(and(
                            as,
                            List.of(
                                    programs.resolve("postgres").toString(),
                                    "-D",
                                    data.toString(),
                                    "-p",
                                    Integer.toString(port),
                                    "-c",
                                    "listen_addresses=127.0.0.1",
                                    "-c",
                                    "unix_socket_directories=",
                                    "-c",
                                    "fsync=off",
                                    "-c",
                                    "synchronous_commit=off",
                                    "-c",
                                    "full_page_writes=off",
                                    "-c",
                                    "max_connections=200")))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
            await();
            sql("create database " + TEMPLATE);
            Database.open(address(TEMPLATE)).close();
            started = true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await() throws IOException {
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
    private static Path programs() throws IOException {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("there is no PostgreSQL here"));
        }
    }

    private static List<String> and(List<String> first, List<String> more) {
        var all = new ArrayList<>(first);
        all.addAll(more);
        return all;
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
