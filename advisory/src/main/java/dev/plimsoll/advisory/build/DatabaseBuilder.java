package dev.plimsoll.advisory.build;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.database.DatabaseFile;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final Set<String> WITHOUT_RECORDS = Set.of("schemas");

    /// Stands before the name of an archive that holds only a part of its feed: `slice-ghsa.tar.zst`.
    private static final String SLICE = "slice-";

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

    /// Reads every feed in the folder (`NAME.tar.zst`, `NAME.tar.gz`, `NAME.tar` or a folder `NAME`; `slice-`
    /// may stand before the name) and writes the file in one step at the end.
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
        if (Files.isDirectory(target)) {
            throw new AdvisoryException(out + " is a folder: name a file with --out");
        }
        var parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new AdvisoryException("there is no folder " + parent + " to write " + target.getFileName()
                    + " into (--out): make it, or name another");
        }
        try {
            var unfinished = Files.createTempFile(parent, "." + target.getFileName(), ".tmp");
            // Also where the program is stopped by a signal.
            unfinished.toFile().deleteOnExit();
            try {
                var reports = new ArrayList<FeedReport>();
                String digest;
                try (var writer = new DatabaseWriter(unfinished)) {
                    for (var entry : present.entrySet()) {
                        var feed = entry.getKey();
                        progress.accept("reading " + feed.name());
                        var sink = writer.sink(feed.name());
                        var files = new DigestedFiles(files(entry.getValue()));
                        read(feed, files, sink, entry.getValue());
                        writer.source(feed.name(), feed.version(), files.digest(), sink.records(), sink.problemCount());
                        reports.add(new FeedReport(feed.name(), sink.records(), sink.problemCount(), sink.problems()));
                    }
                    progress.accept("writing the database");
                    digest = writer.finish(builtAt);
                }
                DatabaseFile.signContent(
                        unfinished, (key, value) -> DatabaseWriter.addMetadata(unfinished, key, value));
                Files.setPosixFilePermissions(
                        unfinished, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return new Built(List.copyOf(reports), List.copyOf(unknown), digest, Files.size(target));
            } finally {
                Files.deleteIfExists(unfinished);
                Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + "-journal"));
            }
        } catch (IOException | UncheckedIOException | SQLException e) {
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
                if (name.isEmpty() || file.startsWith(".")) {
                    continue;
                }
                var feed = name.get().startsWith(SLICE) ? name.get().substring(SLICE.length()) : name.get();
                if (WITHOUT_RECORDS.contains(feed)) {
                    continue;
                }
                if (!byName.containsKey(feed)) {
                    unknown.add(file);
                } else {
                    var other = found.putIfAbsent(feed, path);
                    if (other != null) {
                        throw new AdvisoryException("the feed " + feed + " is there twice, as " + other.getFileName()
                                + " and as " + file + " in " + from + ": leave one");
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw new AdvisoryException("there is no folder of feeds " + from + ": name one with --from", e);
        } catch (NotDirectoryException e) {
            throw new AdvisoryException(from + " is no folder: name the folder of feeds with --from", e);
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
        return Files.isDirectory(path) ? new FolderFiles(path) : ArchiveFiles.of(path);
    }

    private static void read(Feed feed, DigestedFiles files, DatabaseWriter.CountingSink sink, Path from)
            throws IOException {
        try {
            feed.read(files, sink);
        } catch (IOException e) {
            throw new IOException(from.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
        if (files.isEmpty()) {
            sink.problem(from.getFileName().toString(), "", "holds no file of the feed " + feed.name());
        }
    }
}
