package dev.plimsoll.advisory.build;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Builds the advisory file from a folder of feeds. The same feeds and time give the same bytes.
public final class DatabaseBuilder {

    /// Archives that hold no advisories.
    private static final Set<String> WITHOUT_RECORDS = Set.of("slice-schemas");

    private static final List<String> ENDINGS = List.of(".tar.zst", ".tar.gz", ".tgz", ".tar");

    private DatabaseBuilder() {}

    /// What came of a build.
    ///
    /// @param feeds in the order of their names
    /// @param unknown archives or folders that no feed reads
    /// @param digest of all records, which a verdict names
    public record Built(List<FeedReport> feeds, List<String> unknown, String digest, long bytes) {}

    /// What came of one feed.
    ///
    /// @param problems the first of them, in words
    public record FeedReport(String feed, long records, long problemCount, List<String> problems) {}

    /// Reads every feed in the folder (`NAME.tar.zst`, `NAME.tar.gz`, `NAME.tar` or a folder `NAME`) and writes the
    /// file in one step at the end.
    ///
    /// @param builtAt the build's time, an input
    /// @param progress told what is being read
    /// @throws AdvisoryException when the folder holds no feed, a feed cannot be read at all, or the file cannot be
    ///     written
    public static Built build(Path from, Path out, Instant builtAt, Consumer<String> progress) {
        var unknown = new ArrayList<String>();
        var present = present(from, unknown);
        if (present.isEmpty()) {
            throw new AdvisoryException("there are no feeds in " + from + "; known are "
                    + Feeds.all().stream().map(Feed::name).sorted().collect(Collectors.joining(", ")));
        }
        var target = out.toAbsolutePath();
        try {
            var unfinished = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
            try {
                var reports = new ArrayList<FeedReport>();
                String digest;
                try (var writer = new DatabaseWriter(unfinished)) {
                    for (var entry : present.entrySet()) {
                        var feed = entry.getKey();
                        progress.accept("reading " + feed.name());
                        var sink = writer.sink(feed.name());
                        feed.read(files(entry.getValue()), sink);
                        writer.source(
                                feed.name(),
                                feed.version(),
                                digest(entry.getValue()),
                                sink.records(),
                                sink.problemCount());
                        reports.add(new FeedReport(feed.name(), sink.records(), sink.problemCount(), sink.problems()));
                    }
                    progress.accept("writing the database");
                    digest = writer.finish(builtAt);
                }
                Files.setPosixFilePermissions(
                        unfinished, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return new Built(List.copyOf(reports), List.copyOf(unknown), digest, Files.size(target));
            } finally {
                Files.deleteIfExists(unfinished);
                Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + "-journal"));
            }
        } catch (IOException | SQLException e) {
            throw new AdvisoryException("cannot build " + out + " from " + from + ": " + e.getMessage(), e);
        }
    }

    /// The feeds whose files are there, by name, so that the order is always the same.
    private static Map<Feed, Path> present(Path from, List<String> unknown) {
        var byName = Feeds.all().stream().collect(Collectors.toMap(Feed::name, feed -> feed));
        var found = new TreeMap<String, Path>();
        try (var list = Files.list(from)) {
            for (var path : (Iterable<Path>) list.sorted()::iterator) {
                var file = path.getFileName().toString();
                var name = Files.isDirectory(path) ? Optional.of(file) : withoutEnding(file);
                if (name.isEmpty() || file.startsWith(".") || WITHOUT_RECORDS.contains(name.get())) {
                    continue;
                }
                if (byName.containsKey(name.get())) {
                    found.putIfAbsent(name.get(), path);
                } else {
                    unknown.add(file);
                }
            }
        } catch (IOException e) {
            throw new AdvisoryException("cannot list the folder of feeds " + from + " (--from): " + e.getMessage(), e);
        }
        var feeds = new java.util.LinkedHashMap<Feed, Path>();
        found.forEach((name, path) -> feeds.put(java.util.Objects.requireNonNull(byName.get(name)), path));
        return feeds;
    }

    private static Optional<String> withoutEnding(String file) {
        return ENDINGS.stream()
                .filter(file::endsWith)
                .map(ending -> file.substring(0, file.length() - ending.length()))
                .findFirst();
    }

    private static FeedFiles files(Path path) {
        return Files.isDirectory(path) ? new FolderFiles(path) : new ArchiveFiles(path);
    }

    /// Of an archive the digest of the file; of a folder that of its files' paths and digests.
    private static String digest(Path path) throws IOException {
        var sum = DatabaseWriter.sha256();
        if (Files.isDirectory(path)) {
            try (var walk = Files.walk(path)) {
                for (var file :
                        (Iterable<Path>) walk.filter(item -> Files.isRegularFile(item, LinkOption.NOFOLLOW_LINKS))
                                .sorted()::iterator) {
                    sum.update(path.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    sum.update((byte) 0);
                    update(sum, file);
                }
            }
        } else {
            update(sum, path);
        }
        return "sha256:" + HexFormat.of().formatHex(sum.digest());
    }

    private static void update(MessageDigest sum, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (int read; (read = in.read(buffer)) >= 0; ) {
                sum.update(buffer, 0, read);
            }
        }
    }
}
