package dev.plimsoll.server.postgres;

import dev.plimsoll.image.tar.TarHeader;
import dev.plimsoll.image.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked from the jar that brings them along into a folder of their version. A folder has its
/// name only when it is whole, so that several processes may unpack at once.
public final class Programs {

    private static final String RESOURCE = "/postgres-linux-x86_64.txz";
    /// What lies in the folder, a size and a name a line, after a first line with the version.
    private static final String CONTENTS = "contents";
    /// In bytes, of everything unpacked: more is no PostgreSQL.
    private static final long MOST = 1L << 30;

    private static final Pattern VERSION = Pattern.compile("postgres \\(PostgreSQL\\) (([0-9]+)[0-9.]*).*");
    private static final String SCRATCH = "unpacking";
    private static final Duration LONGEST_UNPACKING = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final int major;

    private Programs(Path folder, int major) {
        this.folder = folder;
        this.major = major;
    }

    /// Of the server, `18`.
    public int major() {
        return major;
    }

    /// The folder of `initdb`, `pg_ctl`, `postgres`.
    public Path folder() {
        return folder.resolve("bin");
    }

    String program(String name) {
        return folder().resolve(name).toString();
    }

    /// Unpacks them where they are not there yet, or not whole.
    ///
    /// @param place holds one folder for each version
    /// @throws PostgresException where none are brought along for this machine
    public static Programs unpack(Path place) throws IOException {
        return unpack(place, System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Programs unpack(Path place, String system, String processor) throws IOException {
        var resource = Programs.class.getResource(RESOURCE);
        if (!system.equals("Linux") || !processor.equals("amd64") || resource == null) {
            throw new PostgresException("no PostgreSQL is brought along for " + system + " on " + processor
                    + ", only for Linux on amd64: give one of your own by --database-url postgresql://…");
        }
        return unpack(place, resource);
    }

    static Programs unpack(Path place, URL resource) throws IOException {
        var folder = place.resolve("postgres-" + key(resource));
        var known = check(folder);
        if (known != null) {
            return known;
        }
        Files.createDirectories(place);
        var scratch = Files.createTempDirectory(place, SCRATCH);
        try {
            clean(place, scratch);
            // others than the owner must read it: PostgreSQL may run as another user
            Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
            var contents = new ArrayList<String>();
            try (var in = new XZInputStream(new BufferedInputStream(resource.openStream(), 1 << 16), 256 << 10)) {
                unpack(in, scratch, contents);
            }
            contents.addFirst(version(scratch));
            Files.write(scratch.resolve(CONTENTS), contents);
            move(scratch, folder);
        } finally {
            delete(scratch);
        }
        var unpacked = check(folder);
        if (unpacked == null) {
            throw new PostgresException(
                    "the programs of PostgreSQL in " + folder
                            + " are not whole though they were just unpacked: is the disk full, or somebody else at work there?");
        }
        return unpacked;
    }

    /// One name for each archive, without reading all of it: the jar knows its sum.
    private static String key(URL resource) throws IOException {
        if (resource.openConnection() instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (var file = jar.getJarFile()) {
                var entry = file.getJarEntry(jar.getEntryName());
                return String.format(Locale.ROOT, "%08x-%d", entry.getCrc(), entry.getSize());
            }
        }
        var sum = new java.util.zip.CRC32();
        try (var in = new java.util.zip.CheckedInputStream(resource.openStream(), sum)) {
            var size = in.transferTo(java.io.OutputStream.nullOutputStream());
            return String.format(Locale.ROOT, "%08x-%d", sum.getValue(), size);
        }
    }

    /// @return null where the folder is not there or not whole
    private static @org.jspecify.annotations.Nullable Programs check(Path folder) throws IOException {
        var list = folder.resolve(CONTENTS);
        if (!Files.isRegularFile(list)) {
            return null;
        }
        var lines = Files.readAllLines(list);
        var version = VERSION.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!version.matches()) {
            return null;
        }
        for (var line : lines.subList(1, lines.size())) {
            var space = line.indexOf(' ');
            var file = folder.resolve(line.substring(space + 1)).toFile();
            if (file.length() != Long.parseLong(line.substring(0, space))) {
                return null;
            }
        }
        return new Programs(folder, Integer.parseInt(version.group(2)));
    }

    private static void unpack(InputStream in, Path folder, List<String> contents) throws IOException {
        var tar = new TarReader(new StreamTarInput(in), RESOURCE, _ -> {});
        long total = 0;
        for (var entry = tar.next(); entry != null; entry = tar.next()) {
            var name = new String(entry.name(), StandardCharsets.UTF_8);
            var place = folder.resolve(name).normalize();
            if (!place.startsWith(folder)) {
                throw new PostgresException(RESOURCE + " holds a name outside of it, '" + name + "'");
            }
            // for those who link programs of their own, no server needs them
            if (name.endsWith(".a")) {
                continue;
            }
            switch (entry.type()) {
                case TarHeader.DIRECTORY -> Files.createDirectories(place);
                case TarHeader.SYMBOLIC_LINK -> {
                    var target = new String(entry.linkName(), StandardCharsets.UTF_8);
                    if (!place.resolveSibling(target).normalize().startsWith(folder)) {
                        throw new PostgresException(RESOURCE + " holds a link to outside of it, '" + name + "'");
                    }
                    Files.createDirectories(folder.resolve(name).getParent());
                    Files.createSymbolicLink(place, Path.of(target));
                }
                case TarHeader.FILE -> {
                    total += entry.size();
                    if (total > MOST) {
                        throw new PostgresException(RESOURCE + " unpacks to more than " + MOST + " bytes");
                    }
                    Files.createDirectories(folder.resolve(name).getParent());
                    Files.copy(tar.content(), place);
                    Files.setPosixFilePermissions(
                            place,
                            PosixFilePermissions.fromString((entry.mode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                    contents.add(entry.size() + " " + folder.relativize(place));
                }
                default -> throw new PostgresException(RESOURCE + " holds something else than files, '" + name + "'");
            }
        }
    }

    /// The line that the server says of itself; also shows that it runs here at all.
    private static String version(Path folder) throws IOException {
        var program = folder.resolve("bin").resolve("postgres");
        String said;
        try {
            said = Command.run(List.of(program.toString(), "--version"), PATIENCE)
                    .said();
        } catch (IOException e) {
            said = String.valueOf(e.getMessage());
        }
        if (!VERSION.matcher(said).matches()) {
            throw new PostgresException("the PostgreSQL that is brought along does not run on this machine (" + said
                    + "): it needs the GNU C library and a place from which programs may be run;"
                    + " give one of your own by --database-url postgresql://…");
        }
        return said;
    }

    private static void move(Path scratch, Path folder) throws IOException {
        for (var attempt = 0; ; attempt++) {
            try {
                Files.move(scratch, folder, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                if (check(folder) != null) {
                    return; // somebody else was quicker
                }
                var occupied = e instanceof FileAlreadyExistsException
                        || e instanceof DirectoryNotEmptyException
                        || Files.exists(folder);
                if (!occupied || attempt > 0) {
                    throw new PostgresException(
                            "cannot unpack PostgreSQL's programs to " + folder + ": " + e.getMessage(), e);
                }
                delete(folder); // what lies there is not whole
            }
        }
    }

    /// Deletes what was left by processes that were killed long ago.
    private static void clean(Path place, Path scratch) throws IOException {
        var before = Files.getLastModifiedTime(scratch).toInstant().minus(LONGEST_UNPACKING);
        try (var left = Files.newDirectoryStream(place, SCRATCH + "*")) {
            for (var folder : left) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
