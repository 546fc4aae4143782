package dev.plimsoll.advisory.osv;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A folder of OSV records, JSON or YAML, held in memory: a company's own advisories. Safe for several threads.
public final class OsvFolder implements AdvisorySource {

    /// In files; larger collections belong into a database.
    static final int MAX_FILES = 50_000;

    /// In bytes, of all files together.
    static final long MAX_BYTES = 256L << 20;

    private static final String FEED = "advisories";

    private final Map<String, List<PackageAdvisory>> packages = new HashMap<>();
    private final Map<String, List<Advisory>> names = new HashMap<>();
    private final Map<String, List<PackageAdvisory>> packagesByName = new HashMap<>();
    private final Map<Ecosystem, Long> counts = new TreeMap<>();
    private final String digest;

    private OsvFolder(Path folder, int maxFiles, long maxBytes) {
        var sum = sha256();
        long bytes = 0;
        for (var file : files(folder, maxFiles)) {
            var path = folder.relativize(file).toString().replace('\\', '/');
            try {
                bytes += Files.size(file);
                if (bytes > maxBytes) {
                    throw new AdvisoryException("the records in " + folder + " are over " + maxBytes
                            + " bytes; build a database from them (plimsoll db build)");
                }
                var content = Files.readAllBytes(file);
                sum.update(path.getBytes(StandardCharsets.UTF_8));
                sum.update((byte) 0);
                sum.update(HexFormat.of().formatHex(sha256().digest(content)).getBytes(StandardCharsets.UTF_8));
                OsvFeed.record(path, content, FEED, new Sink(folder));
            } catch (IOException e) {
                throw new AdvisoryException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        digest = "sha256:" + HexFormat.of().formatHex(sum.digest());
        packages.values().forEach(list -> list.sort(byId()));
        packagesByName.values().forEach(list -> list.sort(byId()));
        names.values().forEach(list -> list.sort(Comparator.comparing(Advisory::id)));
    }

    /// Reads all records beneath a folder.
    ///
    /// @throws AdvisoryException when a file is no record: a person's own records should be right; or when there
    ///     are too many
    public static OsvFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new AdvisoryException(
                    "there is no folder of advisories " + folder + ": name a folder of OSV records with --advisories");
        }
        return read(folder, MAX_FILES, MAX_BYTES);
    }

    static OsvFolder read(Path folder, int maxFiles, long maxBytes) {
        return new OsvFolder(folder, maxFiles, maxBytes);
    }

    private static List<Path> files(Path folder, int maxFiles) {
        try (var walk = Files.walk(folder, 32, new FileVisitOption[0])) {
            var files = walk.filter(file -> Files.isRegularFile(file)
                            && OsvFeed.isRecord(file.getFileName().toString()))
                    .limit(maxFiles + 1L)
                    .sorted()
                    .toList();
            if (files.size() > maxFiles) {
                throw new AdvisoryException("there are over " + maxFiles + " records in " + folder
                        + "; build a database from them (plimsoll db build)");
            }
            if (files.isEmpty()) {
                throw new AdvisoryException("there are no OSV records (.json, .yaml) in " + folder);
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new AdvisoryException("cannot list " + folder + " (--advisories): " + e.getMessage(), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Comparator<PackageAdvisory> byId() {
        return Comparator.<PackageAdvisory, String>comparing(
                        item -> item.advisory().id())
                .thenComparing(item -> item.affected().ecosystem().toString())
                .thenComparing(item -> item.affected().name());
    }

    @Override
    public List<PackageAdvisory> find(Ecosystem ecosystem, String name) {
        return packages.getOrDefault(ecosystem + " " + name, List.of()).stream()
                .filter(item -> item.advisory().withdrawn().isEmpty())
                .toList();
    }

    @Override
    public List<Advisory> named(String id) {
        return names.getOrDefault(id, List.of()).stream().distinct().toList();
    }

    @Override
    public List<PackageAdvisory> packagesOf(String id) {
        return packagesByName.getOrDefault(id, List.of());
    }

    @Override
    public Exploitation exploitation(String cve) {
        return Exploitation.NONE;
    }

    @Override
    public ExploitationCoverage exploitationCoverage() {
        return ExploitationCoverage.NONE;
    }

    @Override
    public Optional<Lifecycle> lifecycle(DistributionRelease release) {
        return Optional.empty();
    }

    @Override
    public Optional<Lifecycle> lifecycle(String product, String version) {
        return Optional.empty();
    }

    @Override
    public List<Coverage> coverage() {
        return counts.entrySet().stream()
                .map(entry -> new Coverage(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Optional<Instant> builtAt() {
        return Optional.empty();
    }

    @Override
    public List<String> digests() {
        return List.of(digest);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private final class Sink implements FeedSink {

        private final Path folder;

        Sink(Path folder) {
            this.folder = folder;
        }

        @Override
        public void advisory(Advisory advisory, List<AffectedPackage> affected) {
            var ids = new ArrayList<>(advisory.aliases());
            ids.add(advisory.id());
            ids.forEach(id -> names.computeIfAbsent(id, _ -> new ArrayList<>()).add(advisory));
            for (var item : affected) {
                var both = new PackageAdvisory(advisory, item);
                packages.computeIfAbsent(item.ecosystem() + " " + item.name(), _ -> new ArrayList<>())
                        .add(both);
                ids.forEach(id -> packagesByName
                        .computeIfAbsent(id, _ -> new ArrayList<>())
                        .add(both));
                counts.merge(item.ecosystem(), 1L, Long::sum);
            }
        }

        @Override
        public void problem(String path, String place, String reason) {
            throw new AdvisoryException(folder.resolve(path) + (place.isEmpty() ? "" : ", " + place) + ": " + reason
                    + "; correct the record, or take it out of the folder");
        }

        // A record in the OSV format says nothing of these.
        @Override
        public void known(String cve, Exploitation.Known known) {}

        @Override
        public void probability(String cve, Exploitation.Probability probability) {}

        @Override
        public void lifecycle(Lifecycle lifecycle) {}

        @Override
        public void configurations(String cve, String json) {}
    }
}
