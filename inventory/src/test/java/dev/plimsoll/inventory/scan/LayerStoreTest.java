package dev.plimsoll.inventory.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.serial.InventoryWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Facts of layers that are kept: the same inventory, without the layer's bytes.
final class LayerStoreTest {

    private static final String STATUS =
            "Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nSource: openssl\nVersion: 3.0.11-1\n\n";

    @TempDir
    private Path folder;

    /// Keeps facts in memory.
    private static final class Memory implements LayerStore {

        private final Map<String, byte[]> kept = new TreeMap<>();
        private int found;

        @Override
        public synchronized Optional<InputStream> find(Digest layer, String analysis) {
            var bytes = kept.get(layer + " " + analysis);
            found += bytes == null ? 0 : 1;
            return Optional.ofNullable(bytes).map(ByteArrayInputStream::new);
        }

        @Override
        public synchronized void keep(Digest layer, String analysis, Facts facts) throws IOException {
            var out = new ByteArrayOutputStream();
            facts.writeTo(out);
            kept.put(layer + " " + analysis, out.toByteArray());
        }
    }

    private static LayeredImage image() {
        return LayeredImage.of(
                LayeredImage.layer()
                        .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
                        .file("var/lib/dpkg/status", STATUS)
                        .file("var/lib/dpkg/info/libssl3:amd64.list", "/usr/lib/libssl.so\n")
                        .file(
                                "var/lib/dpkg/info/libssl3:amd64.md5sums",
                                "00000000000000000000000000000000  usr/lib/x\n")
                        .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
                        .file("etc/group", "root:x:0:a,b\n")
                        .file("etc/shadow", "root:*:1:::::\n")
                        .file("gone", "x"),
                LayeredImage.layer()
                        .file("app/package.json", "{\"name\":\"left\",\"version\":\"1.0.0\",\"license\":\"MIT\"}")
                        .hardLink("app/other", "app/package.json")
                        .symbolicLink("app/link", "package.json")
                        .file("app/\ud83d\ude00", "emoji")
                        .without("gone"));
    }

    private static AnalysisSettings everything() {
        return new AnalysisSettings(
                        AnalysisSettings.DeclaredPackages.AUTO,
                        Set.of(),
                        Set.of(),
                        true,
                        true,
                        true,
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        true)
                .including(AnalysisRequest.digests(Set.of("etc/passwd")));
    }

    private static ScanOptions options(AnalysisSettings settings) {
        return new ScanOptions(settings, Optional.empty(), List.of(), ReadOptions.defaults(), ScanLimits.DEFAULTS);
    }

    private static String scan(Path place, ScanOptions options, Optional<LayerStore> store) throws IOException {
        try (var image = Images.open("oci-layout:" + place, OpenOptions.defaults())) {
            return text(
                    store.isPresent()
                            ? ImageScanner.scan(image, options, store.get())
                            : ImageScanner.scan(image, options));
        }
    }

    private static String text(Inventory inventory) throws IOException {
        var out = new ByteArrayOutputStream();
        InventoryWriter.write(inventory, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsNoLayerWhoseFactsAreKept() throws IOException {
        image().scan(folder);
        for (var settings : List.of(AnalysisSettings.defaults(), everything())) {
            var store = new Memory();
            var expected = scan(folder, options(settings), Optional.empty());
            assertThat(scan(folder, options(settings), Optional.of(store))).isEqualTo(expected);
            assertThat(store.kept).hasSize(2);
            assertThat(store.found).isZero();

            garbleLayers();
            assertThat(scan(folder, options(settings), Optional.of(store))).isEqualTo(expected);
            assertThat(store.found).isEqualTo(2);
            assertThatThrownBy(() -> scan(folder, options(settings), Optional.empty()))
                    .isInstanceOf(ImageException.class);
            image().scan(folder);
        }
    }

    /// Layers are the blobs that are no JSON; whoever reads one of them will not like its digest.
    private void garbleLayers() throws IOException {
        try (var blobs = Files.list(folder.resolve("blobs/sha256"))) {
            for (var blob : blobs.toList()) {
                var bytes = Files.readAllBytes(blob);
                if (bytes[0] != '{') {
                    bytes[bytes.length - 1]++;
                    Files.write(blob, bytes);
                }
            }
        }
    }

    @Test
    void asksForOtherFactsWhereSomethingElseIsCollected() throws IOException {
        image().scan(folder);
        var store = new Memory();
        scan(folder, options(AnalysisSettings.defaults()), Optional.of(store));
        scan(folder, options(everything()), Optional.of(store));
        scan(
                folder,
                new ScanOptions(
                        AnalysisSettings.defaults(),
                        Optional.empty(),
                        List.of("/app"),
                        ReadOptions.defaults(),
                        ScanLimits.DEFAULTS),
                Optional.of(store));
        assertThat(store.found).isZero();
        assertThat(store.kept).hasSize(6);
    }

    @Test
    void readsTheLayerWhereWhatIsKeptIsDamaged() throws IOException {
        image().scan(folder);
        var store = new Memory();
        var expected = scan(folder, options(AnalysisSettings.defaults()), Optional.of(store));
        var whole = new HashMap<>(store.kept);
        for (int cut : new int[] {0, 4, 9, 40, 200}) {
            store.kept.clear();
            whole.forEach((key, bytes) -> store.kept.put(key, Arrays.copyOf(bytes, Math.min(cut, bytes.length))));
            assertThat(scan(folder, options(AnalysisSettings.defaults()), Optional.of(store)))
                    .isEqualTo(expected);
            // and what is whole lies there again
            assertThat(store.kept.values()).containsExactlyElementsOf(new TreeMap<>(whole).values());
        }
        whole.values().forEach(bytes -> {
            var other = bytes.clone();
            other[7]++;
            assertThatThrownBy(() -> LayerReader.read(new ByteArrayInputStream(other)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("form");
        });
    }

    @Test
    void writesEveryKindOfFact() throws IOException {
        image().scan(folder);
        var seen = new HashSet<Class<?>>();
        var store = new Memory();
        scan(folder, options(everything()), Optional.of(store));
        for (var bytes : store.kept.values()) {
            LayerResult<LayerEvidence> layer = LayerReader.read(new ByteArrayInputStream(bytes));
            for (var found : layer.found().found()) {
                for (var fact : found.facts()) {
                    seen.add(fact instanceof Fact.Content(var content) ? content.getClass() : fact.getClass());
                }
            }
            var again = new ByteArrayOutputStream();
            LayerWriter.write(layer, again);
            assertThat(again.toByteArray()).isEqualTo(bytes);
        }
        assertThat(seen).contains(Fact.PackageFound.class, Fact.OwnedFiles.class, ContentFact.AccountFound.class);
        // those that this image has none of, one each
        var rest = LayerFactSamples.ALL;
        Set<Class<?>> kinds = new HashSet<>();
        rest.forEach(fact -> kinds.add(fact.getClass()));
        assertThat(kinds).isEqualTo(Set.of(Fact.class.getPermittedSubclasses()));
        Set<Class<?>> contents = new HashSet<>();
        rest.forEach(fact -> {
            if (fact instanceof Fact.Content(var content)) {
                contents.add(content.getClass());
            }
        });
        assertThat(contents).isEqualTo(Set.of(ContentFact.class.getPermittedSubclasses()));
        var evidence = new LayerEvidence(
                List.of(new LayerEvidence.Found("a\ud800", new AnalyzerId("x", 3), rest)),
                List.of(new LayerEvidence.Unreadable("p", "q", "r")),
                List.of(),
                Map.of("b", "c"),
                FileTable.of(List.of()));
        var out = new ByteArrayOutputStream();
        LayerWriter.write(new LayerResult<>(1, 2, evidence, LayerListing.EMPTY), out);
        var read = LayerReader.read(new ByteArrayInputStream(out.toByteArray()));
        var withoutDigests =
                rest.stream().filter(fact -> !(fact instanceof Fact.Digested)).toList();
        assertThat(read.found().found().getFirst().facts())
                .containsAll(withoutDigests)
                .hasSize(rest.size());
        assertThat(read.found().found().getFirst().path()).isEqualTo("a\ud800");
        var again = new ByteArrayOutputStream();
        LayerWriter.write(read, again);
        assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian-slim", "rpm-rhel9"})
    void givesTheSameInventoryOfARealImage(String name) throws IOException {
        var place = RealImage.named(name).layout();
        var store = new Memory();
        for (var settings : List.of(
                AnalysisSettings.defaults(), AnalysisSettings.defaults().including(AnalysisRequest.ofSecrets()))) {
            var expected = scan(place, options(settings), Optional.empty());
            scan(place, options(settings), Optional.of(store));
            store.found = 0;
            assertThat(scan(place, options(settings), Optional.of(store))).isEqualTo(expected);
            assertThat(store.found).isPositive();
        }
    }
}
