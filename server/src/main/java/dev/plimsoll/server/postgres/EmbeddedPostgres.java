package dev.plimsoll.server.postgres;

import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of the service's own: on loopback, with a generated password, writing everything to
/// disk. One that ends while the service runs is started again at the same address. Safe for several
/// threads.
public final class EmbeddedPostgres implements AutoCloseable {

    private static final String NAME = "plimsoll";
    /// Parts of a server that was killed may need a while to see that; another program may take the
    /// port.
    private static final int ATTEMPTS = 20;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final Settings settings;
    private final Programs programs;
    private final RunAs runAs;
    private final DataFolder folder;
    private final int port;
    private final String password;
    private final Thread watch;
    private volatile Postmaster postmaster;
    private volatile @Nullable String problem;
    private volatile boolean closing;

    private EmbeddedPostgres(
            Settings settings,
            Programs programs,
            RunAs runAs,
            DataFolder folder,
            int port,
            String password,
            Postmaster postmaster) {
        this.settings = settings;
        this.programs = programs;
        this.runAs = runAs;
        this.folder = folder;
        this.port = port;
        this.password = password;
        this.postmaster = postmaster;
        this.watch = Thread.ofVirtual().name("postgres-watch").unstarted(this::watch);
    }

    /// Starts it, on a free port, and makes its data where there are none yet. A server that a killed
    /// process left behind on the same data is stopped first.
    ///
    /// @throws PostgresException where that is not possible: it says why and what to do
    public static EmbeddedPostgres start(Settings settings) throws IOException {
        var programs = Programs.unpack(settings.programs());
        var runAs = RunAs.choose(settings.user());
        var folder = DataFolder.open(settings.folder());
        try {
            folder.prepare(programs, runAs);
            var orphan = folder.orphan();
            if (orphan.isPresent()) {
                LOG.info(
                        "stopping the PostgreSQL (process {}) that a killed service left behind",
                        orphan.get().pid());
                Postmaster.stop(orphan.get(), programs, runAs);
            }
            var running = launch(settings, programs, runAs, folder);
            running.createDatabase();
            running.watch.start();
            return running;
        } catch (InterruptedException e) {
            folder.close();
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while PostgreSQL started", e);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(Settings settings, Programs programs, RunAs runAs, DataFolder folder)
            throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var port = freePort();
            try {
                var postmaster = Postmaster.start(programs, runAs, folder.data(), port, settings);
                return new EmbeddedPostgres(settings, programs, runAs, folder, port, folder.password(), postmaster);
            } catch (PostgresException e) {
                var message = String.valueOf(e.getMessage());
                var passing = message.contains("TCP/IP sockets") || message.contains("shared memory block");
                if (!passing || attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(FIRST_PAUSE);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void createDatabase() throws IOException {
        if (folder.hasDatabase()) {
            return;
        }
        try (var connection = DriverManager.getConnection(url("postgres"), DataFolder.USER, password);
                var statement = connection.createStatement()) {
            boolean there;
            try (var rows = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
                there = rows.next();
            }
            if (!there) {
                statement.execute("create database " + NAME);
            }
            folder.databaseMade();
        } catch (SQLException e) {
            stop();
            throw new PostgresException(
                    "the PostgreSQL on the data in " + folder.data() + " does not let the service in: " + e.getMessage()
                            + " (does the file 'password' beside the data belong to them?)",
                    e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /// Where the service's database is; the same as long as this runs.
    public Database.Address address() {
        return new Database.Address(url(NAME), DataFolder.USER, password, settings.connections());
    }

    /// Why it does not run at the moment; empty where it does.
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /// As whom it runs, for the log.
    public String runsAs() {
        return runAs.meaning();
    }

    /// The number of the server's process.
    public long pid() {
        return postmaster.pid();
    }

    /// Starts it again when it ends unasked.
    private void watch() {
        var pause = FIRST_PAUSE;
        try {
            while (!closing) {
                postmaster.await();
                if (closing) {
                    return;
                }
                var started = false;
                problem = "PostgreSQL ended unasked"
                        + (postmaster.lastWords().isEmpty() ? "" : ": " + postmaster.lastWords());
                LOG.error("{}; it is started again", problem);
                while (!closing && !started) {
                    started = restart();
                    if (!started) {
                        Thread.sleep(pause);
                        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                                ? pause.multipliedBy(2)
                                : LONGEST_PAUSE;
                    }
                }
                pause = FIRST_PAUSE;
            }
        } catch (InterruptedException _) {
            // it is closed
        }
    }

    /// Not while it is being closed: either this start is seen by {@link #close} or it does not happen.
    private synchronized boolean restart() throws InterruptedException {
        if (closing) {
            return false;
        }
        try {
            folder.orphan(); // throws the dead one's file away
            postmaster = Postmaster.start(programs, runAs, folder.data(), port, settings);
            problem = null;
            LOG.info("PostgreSQL runs again (process {})", postmaster.pid());
            return true;
        } catch (IOException e) {
            problem = e.getMessage();
            LOG.error("PostgreSQL cannot be started again yet: {}", e.getMessage());
            return false;
        }
    }

    private void stop() throws IOException {
        if (postmaster.isAlive()) {
            postmaster.stop(programs, runAs);
        }
    }

    /// Ends all sessions and stops it; everything is on disk when this returns.
    @Override
    public void close() throws IOException {
        closing = true;
        watch.interrupt();
        synchronized (this) {
            try {
                stop();
            } finally {
                folder.close();
            }
        }
    }
}
