package dev.plimsoll.server.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running server of PostgreSQL: the process that the others descend from.
final class Postmaster {

    /// After a crash it first repeats what its log holds, which may take long.
    private static final Duration RECOVERY = Duration.ofMinutes(10);

    private static final Duration FAST_STOP = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(10);
    private static final Duration SIGNAL = Duration.ofSeconds(10);
    private static final int POLL_MILLISECONDS = 10;
    private static final int LINES = 30;

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread reader;

    private Postmaster(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().name("postgres-log").start(this::read);
    }

    /// Starts one and waits until it takes connections.
    ///
    /// @throws PostgresException with what it said where it ended instead
    static Postmaster start(Programs programs, RunAs runAs, Path data, int port, Settings settings)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(programs.program("postgres"), "-D", data.toString()));
        Configuration.of(settings, port).forEach((name, value) -> {
            command.add("-c");
            command.add(name + "=" + value);
        });
        // in a session of its own: an interrupt at the terminal is for the service, which stops it when it is done
        var all = new ArrayList<String>();
        Command.find("setsid").ifPresent(setsid -> all.add(setsid.toString()));
        all.addAll(runAs.command(command));
        var process = Command.builder(all).start();
        process.getOutputStream().close();
        var postmaster = new Postmaster(process);
        try {
            postmaster.await(data);
            return postmaster;
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private void await(Path data) throws IOException, InterruptedException {
        for (var end = System.nanoTime() + RECOVERY.toNanos(); System.nanoTime() < end; ) {
            var file = PidFile.read(data);
            if (file.isPresent()
                    && file.get().pid() == process.pid()
                    && file.get().ready()) {
                synchronized (lastLines) {
                    lastLines.clear();
                }
                return;
            }
            if (process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                reader.join(Duration.ofSeconds(2));
                throw new PostgresException("PostgreSQL on the data in " + data + " does not start: " + lastWords()
                        + DataFolder.hint(lastWords()));
            }
        }
        throw new PostgresException("PostgreSQL on the data in " + data + " does not get ready: " + lastWords());
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > LINES) {
                        lastLines.removeFirst();
                    }
                }
                if (line.startsWith("PANIC: ") || line.startsWith("WARNING: ")) {
                    LOG.warn("postgres: {}", line);
                } else {
                    LOG.debug("postgres: {}", line);
                }
            }
        } catch (IOException e) {
            LOG.debug("the log of PostgreSQL ends", e);
        }
    }

    /// What it said at last that matters.
    String lastWords() {
        synchronized (lastLines) {
            var grave = lastLines.stream()
                    .filter(line ->
                            line.startsWith("FATAL: ") || line.startsWith("PANIC: ") || line.startsWith("HINT: "))
                    .toList();
            return String.join("; ", grave.isEmpty() ? lastLines : grave);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void await() throws InterruptedException {
        process.waitFor();
    }

    /// Ends sessions, writes everything to disk, and waits until it is done.
    void stop(Programs programs, RunAs runAs) throws IOException {
        stop(process.toHandle(), programs, runAs);
    }

    /// Source: PostgreSQL documentation, "Shutting Down the Server": SIGINT is the fast one, SIGQUIT
    /// the immediate one, after which the next start repeats the log.
    static void stop(ProcessHandle process, Programs programs, RunAs runAs) throws IOException {
        signal(process, "INT", programs, runAs);
        if (!ends(process, FAST_STOP)) {
            LOG.warn("PostgreSQL (process {}) does not stop in {}: it is stopped at once", process.pid(), FAST_STOP);
            signal(process, "QUIT", programs, runAs);
            if (!ends(process, IMMEDIATE_STOP)) {
                process.destroyForcibly();
            }
        }
    }

    private static void signal(ProcessHandle process, String signal, Programs programs, RunAs runAs)
            throws IOException {
        var outcome = Command.run(
                runAs.command(List.of(programs.program("pg_ctl"), "kill", signal, Long.toString(process.pid()))),
                SIGNAL);
        if (outcome.exitCode() != 0 && process.isAlive()) {
            throw new PostgresException(
                    "PostgreSQL (process " + process.pid() + ") cannot be stopped: " + outcome.said());
        }
    }

    private static boolean ends(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException _) {
            // looked at below
        }
        return !process.isAlive();
    }
}
