package dev.plimsoll.server.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The folder of one PostgreSQL and all that belongs to it: `data` is PostgreSQL's, `password` and
/// `lock` are ours. Held by one process at a time.
final class DataFolder implements AutoCloseable {

    static final String USER = "plimsoll";

    private static final String MADE = "database-made";

    private static final Duration INITIALIZATION = Duration.ofMinutes(5);
    private static final int PASSWORD_BYTES = 32;
    private static final String PRIVATE_FILE = "rw-------";
    private static final String PRIVATE_FOLDER = "rwx------";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// @throws PostgresException where another process holds it
    static DataFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve("lock");
        var lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new PostgresException(taken(folder, lock));
            }
            lock.truncate(0);
            lock.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(folder, lock);
        } catch (OverlappingFileLockException _) {
            var message = taken(folder, lock);
            lock.close();
            throw new PostgresException(message);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static String taken(Path folder, FileChannel lock) throws IOException {
        var bytes = ByteBuffer.allocate(20);
        lock.read(bytes, 0);
        var holder = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return "another service (process " + (holder.isEmpty() ? "unknown" : holder) + ") already uses the data in "
                + folder + ": stop it, name another folder, or give both one PostgreSQL by --database-url";
    }

    Path data() {
        return folder.resolve("data");
    }

    /// Makes the data where there are none yet, and sees that these programs can read those that are
    /// there.
    void prepare(Programs programs, RunAs runAs) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(PRIVATE_FOLDER));
        runAs.own(folder);
        var version = data().resolve("PG_VERSION");
        if (!Files.exists(version)) {
            if (Files.exists(data())) {
                throw new PostgresException(data() + " is there but holds no data of PostgreSQL: move it away");
            }
            initialize(programs, runAs);
        }
        runAs.own(data());
        var found = Files.readString(version).strip();
        if (!found.equals(Integer.toString(programs.major()))) {
            throw new PostgresException(
                    "the data in " + data() + " were written by PostgreSQL " + found + ", and this service"
                            + " brings PostgreSQL " + programs.major()
                            + " along: with the version of Plimsoll that wrote them make a"
                            + " backup (`plimsoll server backup`), and restore it with this one into a new folder"
                            + " (`plimsoll server restore`)");
        }
    }

    /// In a folder of another name, which gets its own when all is on disk.
    private void initialize(Programs programs, RunAs runAs) throws IOException {
        var scratch = folder.resolve("data.new");
        delete(scratch);
        Files.deleteIfExists(folder.resolve(MADE));
        var handed = folder.resolve("password.new");
        try {
            writePrivately(handed, password());
            runAs.own(handed);
            var outcome = Command.run(
                    runAs.command(List.of(
                            programs.program("initdb"),
                            "-D",
                            scratch.toString(),
                            "--username=" + USER,
                            "--pwfile=" + handed,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-instructions")),
                    INITIALIZATION);
            if (outcome.exitCode() != 0) {
                throw new PostgresException("PostgreSQL's data cannot be made in " + folder + " as " + runAs.meaning()
                        + ": " + lastLines(outcome.said()) + hint(outcome.said()));
            }
            Files.move(scratch, data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(handed);
            delete(scratch);
        }
    }

    /// Whether the service's database was made: asking the server costs more than the rest of a start.
    boolean hasDatabase() {
        return Files.exists(folder.resolve(MADE));
    }

    void databaseMade() throws IOException {
        writePrivately(folder.resolve(MADE), "");
    }

    static String hint(String said) {
        return said.contains("Permission denied")
                ? " (that user must be able to reach the folder and the programs: every folder above them must let it pass)"
                : "";
    }

    private static String lastLines(String said) {
        var lines = said.lines()
                .filter(line -> line.contains("rror") || line.contains("FATAL"))
                .toList();
        return lines.isEmpty() ? said : String.join("; ", lines);
    }

    /// Generated at the first start, and never shown.
    String password() throws IOException {
        var file = folder.resolve("password");
        if (!Files.exists(file)) {
            var bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            writePrivately(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return Files.readString(file).strip();
    }

    private static void writePrivately(Path file, String text) throws IOException {
        var scratch = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(scratch);
        Files.createFile(scratch, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE_FILE)));
        try (var channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The server that ran on the data when the process before this one was killed, where it still
    /// runs. What its file says of a process that is none of ours is thrown away: numbers of processes
    /// are given again.
    Optional<ProcessHandle> orphan() throws IOException {
        var file = PidFile.read(data());
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var process = ProcessHandle.of(file.get().pid()).filter(ProcessHandle::isAlive);
        if (process.isPresent() && worksIn(process.get(), data())) {
            return process;
        }
        // we hold the folder's lock, and PostgreSQL itself sees by its shared memory whether parts of a server still
        // run
        Files.deleteIfExists(data().resolve(PidFile.NAME));
        return Optional.empty();
    }

    /// A server of PostgreSQL works in the folder of its data.
    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), data);
        } catch (IOException _) {
            // not ours to look at, and then not of our user, or gone
            return false;
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
