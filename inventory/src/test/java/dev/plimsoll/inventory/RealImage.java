package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.ScanOptions;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/// A real image that lies on the machine of the test, and other programs' view of it. A test that finds none of it is
/// skipped, and says so.
public final class RealImage {

    private static final long TIMEOUT_SECONDS = 300;

    /// What a shell ends with that does not find a program.
    private static final int NO_SUCH_PROGRAM = 127;

    private final Path layout;

    private RealImage(Path layout) {
        this.layout = layout;
    }

    /// The image in the cache folder, or the end of the test.
    public static RealImage named(String name) {
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        var layout = cache.resolve("plimsoll-images").resolve("oci").resolve(name);
        return Files.isDirectory(layout) ? new RealImage(layout) : skip("no real image " + layout);
    }

    public Path layout() {
        return layout;
    }

    /// The whole inventory, as a user gets it.
    public Inventory inventory() throws IOException {
        try (var image = Images.open("oci-layout:" + layout, OpenOptions.defaults())) {
            return ImageScanner.scan(image, ScanOptions.defaults());
        }
    }

    /// `name version /path` of every place where a package of this kind was found installed, sorted.
    public static List<String> lines(Inventory inventory, PackageType type) {
        return inventory.packages().stream()
                .filter(found -> found.type() == type && found.evidence() == ImagePackage.Evidence.INSTALLED)
                .flatMap(found -> found.locations().stream()
                        .map(location -> found.name() + " " + found.version() + " /" + location.path()))
                .sorted()
                .toList();
    }

    /// Writes the wanted files below a folder. Later layers overwrite; nothing is taken away, so choose images that
    /// delete none of these.
    public void extract(Predicate<String> wanted, Path folder) throws IOException {
        try (var image = Images.open("oci-layout:" + layout, OpenOptions.defaults())) {
            var defaults = ReadOptions.defaults();
            var written = new HashMap<String, Integer>();
            image.readLayers(
                    layer -> new Extraction(wanted, folder, layer, written),
                    // one layer after the other, in whatever order; the uppermost counts
                    new ReadOptions(1, false, defaults.timeout(), defaults.limits(), defaults.progress()));
        }
    }

    /// What another program prints, line by line; the test is skipped where it cannot be started, and fails where it
    /// fails.
    public static List<String> answers(Path folder, List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("oracle.out");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return skip("no program " + command.getFirst());
        }
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command.getFirst() + " did not end in " + TIMEOUT_SECONDS + " seconds");
        }
        if (process.exitValue() == NO_SUCH_PROGRAM) {
            return skip("no program that " + command.getLast() + " needs");
        }
        assertThat(process.exitValue())
                .as("exit code of %s", command.getFirst())
                .isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    private static <T> T skip(String reason) {
        System.err.println("SKIPPED: " + reason);
        Assumptions.abort(reason);
        throw new IllegalStateException("a skipped test goes on");
    }

    /// Writes files while a layer passes by.
    private record Extraction(Predicate<String> wanted, Path folder, int layer, Map<String, Integer> written)
            implements LayerVisitor<List<String>> {

        @Override
        public void visit(LayerEntry entry, InputStream content) throws IOException {
            if (entry.kind() == LayerEntry.Kind.FILE
                    && wanted.test(entry.path())
                    && written.getOrDefault(entry.path(), 0) <= layer) {
                var file = folder.resolve(entry.path()).normalize();
                if (file.startsWith(folder)) {
                    Files.createDirectories(file.getParent());
                    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                    written.put(entry.path(), layer);
                }
            }
        }

        @Override
        public List<String> finish() {
            return List.copyOf(written.keySet());
        }
    }
}
