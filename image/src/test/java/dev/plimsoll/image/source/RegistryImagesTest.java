package dev.plimsoll.image.source;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.descriptor;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.ImageBytes.index;
import static dev.plimsoll.image.ImageBytes.platform;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.registry.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images of registries: which one is meant, and what its layers give.
@Timeout(60)
class RegistryImagesTest {

    private static final ImageBytes AMD =
            image().gzip(tar().file("a", "x").end()).plain(tar().file("b", "yy").end());
    private static final ImageBytes ARM =
            image().gzip(tar().file("arm", "x").end()).architecture("arm64");

    @TempDir
    Path folder;

    private TestRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = TestRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void tellsWhatTheImageIsCalledAndWhereItCameFrom() throws IOException {
        registry.serving("shop/web", "1", AMD);
        var manifest = digest(bytes(AMD.manifest()));
        try (var image = open("registry:" + registry.host() + "/shop/web:1")) {
            assertThat(image.transport()).isEqualTo("registry");
            assertThat(image.origin()).isEqualTo("registry " + registry.host());
            assertThat(image.names()).containsExactly(registry.host() + "/shop/web:1");
            assertThat(image.repoDigests()).containsExactly(registry.host() + "/shop/web@" + manifest);
            assertThat(image.manifestDigest()).isEqualTo(Digest.parse(manifest));
            assertThat(image.id()).isEqualTo(Digest.parse(digest(bytes(AMD.configuration()))));
            assertThat(image.verified()).isTrue();
            assertThat(image.connection()).as("a registry on this machine").contains(Connection.PLAIN_HTTP);
        }
    }

    @Test
    void layersStreamIntoTheirVisitorsWithProgress() throws IOException {
        registry.serving("a", "1", AMD);
        Set<Integer> told = Collections.newSetFromMap(new ConcurrentHashMap<>());
        try (var image = open(registry.host() + "/a:1")) {
            assertThat(registry.paths()).noneMatch(path -> path.endsWith(layer(AMD)));
            var results = image.readLayers(
                    _ -> new Seen(),
                    new ReadOptions(
                            2,
                            true,
                            ReadOptions.defaults().timeout(),
                            ImageLimits.DEFAULTS,
                            (layer, _, _) -> told.add(layer)));

            assertThat(results.get(0).found().contents).containsOnlyKeys("a");
            assertThat(results.get(1).found().contents).containsOnlyKeys("b");
        }
        assertThat(told).containsExactlyInAnyOrder(0, 1);
        assertThat(registry.paths())
                .filteredOn(path -> path.endsWith(layer(AMD)))
                .hasSize(1);
    }

    @Test
    void aLayerWithAnotherDigestIsFound() throws IOException {
        registry.serving("a", "1", AMD);
        var blob = ImageBytes.gzipped(tar().file("a", "x").end());
        var other = blob.clone();
        other[blob.length - 20] ^= 1;
        registry.on(TestRegistry.blobPath("a", blob), exchange -> TestRegistry.blob(exchange, other));
        try (var image = open(registry.host() + "/a:1")) {
            assertThatThrownBy(() -> image.readLayers(_ -> new Seen(), ReadOptions.defaults()))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("layer 1");
        }
    }

    @Test
    void aLayerThatIsCutInTheMiddleIsReadWholeAndVerified() throws IOException {
        registry.serving("a", "1", AMD);
        var blob = ImageBytes.gzipped(tar().file("a", "x").end());
        registry.on(TestRegistry.blobPath("a", blob), exchange -> {
            if (TestRegistry.rangeStart(exchange).isEmpty()) {
                exchange.sendResponseHeaders(200, blob.length);
                exchange.getResponseBody().write(blob, 0, blob.length / 2);
                exchange.getResponseBody().flush();
                exchange.close();
            } else {
                TestRegistry.blob(exchange, blob);
            }
        });
        try (var image = open(registry.host() + "/a:1")) {
            assertThat(image.readLayers(_ -> new Seen(), ReadOptions.defaults())
                            .getFirst()
                            .found()
                            .contents)
                    .containsOnlyKeys("a");
        }
    }

    @Test
    void theHostsPlatformIsTakenUnlessAnotherIsAskedFor() throws IOException {
        servePlatforms();

        assertThat(architecture(Optional.empty())).isEqualTo("amd64");
        assertThat(architecture(Platform.parse("linux/arm64"))).isEqualTo("arm64");
        assertThat(architecture(Platform.parse("linux/arm64/v8"))).isEqualTo("arm64");
    }

    @Test
    void aPlatformThatIsNotThereGivesAListOfThoseThatAre() {
        servePlatforms();

        assertThatThrownBy(() -> architecture(Platform.parse("linux/s390x")))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessage(registry.host() + "/multi:1: holds no image for linux/s390x; there are: linux/amd64 (@"
                        + digest(bytes(AMD.manifest())) + "), linux/arm64 (@" + digest(bytes(ARM.manifest())) + ")");
    }

    @Test
    void theDigestsOfAnIndexAreItsOwnAndTheManifests() throws IOException {
        servePlatforms();
        try (var image = open(registry.host() + "/multi:1")) {
            assertThat(image.manifestDigest()).isEqualTo(Digest.parse(digest(bytes(AMD.manifest()))));
            assertThat(image.repoDigests()).containsExactly(registry.host() + "/multi@" + digest(bytes(platforms())));
        }
    }

    @Test
    void aManifestOfAnIndexIsOpenedByItsDigest() throws IOException {
        servePlatforms();
        var name = registry.host() + "/multi@" + digest(bytes(ARM.manifest()));
        try (var image = open(name)) {
            assertThat(image.names()).containsExactly(name);
            assertThat(image.platform().orElseThrow().architecture()).isEqualTo("arm64");
        }
    }

    @Test
    void aPlatformThatIsAskedForMustBeTheImages() {
        registry.serving("a", "1", AMD);

        assertThatThrownBy(() -> Images.open(registry.host() + "/a:1", context(Platform.parse("linux/arm64"))))
                .hasMessageContaining("holds no image for linux/arm64; there are: linux/amd64");
    }

    @Test
    void indexesLieInIndexesToALimit() throws IOException {
        registry.serving("deep", "m", AMD);
        var inner = descriptor(ImageBytes.MANIFEST, bytes(AMD.manifest()), platform("linux", "amd64"));
        for (var depth = 1; depth <= ImageLimits.DEFAULTS.indexDepth() + 1; depth++) {
            var document = index(inner);
            registry.serving("deep", String.valueOf(depth), ImageBytes.INDEX, document);
            inner = descriptor(ImageBytes.INDEX, bytes(document), "");
        }

        open(registry.host() + "/deep:" + ImageLimits.DEFAULTS.indexDepth()).close();
        assertThatThrownBy(() -> open(registry.host() + "/deep:" + (ImageLimits.DEFAULTS.indexDepth() + 1)))
                .hasMessageContaining("deeper than the limit of 8 (--max-index-depth)");
    }

    /// No index can name its own digest: a registry that says so lies.
    @Test
    void anIndexThatLeadsBackToItselfIsFound() {
        var lie = "{\"mediaType\":\"" + ImageBytes.INDEX + "\",\"size\":1,\"digest\":\"" + digest(bytes("lie")) + "\"}";
        registry.serving("a", "1", ImageBytes.INDEX, index(lie));
        registry.on(
                "/v2/a/manifests/" + digest(bytes("lie")), exchange -> TestRegistry.answer(exchange, 200, index(lie)));

        assertThatThrownBy(() -> open(registry.host() + "/a:1"))
                .hasMessageContaining("where " + digest(bytes("lie")) + " is expected");
    }

    @Test
    void attestationsAreNoImages() throws IOException {
        registry.serving("a", "m", AMD);
        var attestation = descriptor(ImageBytes.MANIFEST, bytes("attestation"), platform("unknown", "unknown"));
        registry.serving(
                "a",
                "1",
                ImageBytes.INDEX,
                index(descriptor(ImageBytes.MANIFEST, bytes(AMD.manifest()), platform("linux", "amd64")), attestation));
        open(registry.host() + "/a:1").close();

        assertThat(registry.paths()).noneMatch(path -> path.endsWith(digest(bytes("attestation"))));
    }

    @Test
    void anIndexWithoutPlatformsIsLookedIntoToALimit() {
        var many = IntStream.rangeClosed(0, RegistryContainer.MAX_MANIFESTS)
                .mapToObj(number -> image().plain(tar().file("f" + number, "").end()))
                .toList();
        many.forEach(each -> registry.serving("a", "m", each));
        registry.serving(
                "a",
                "1",
                ImageBytes.INDEX,
                index(many.stream()
                        .map(each -> descriptor(ImageBytes.MANIFEST, bytes(each.manifest()), ""))
                        .toArray(String[]::new)));

        assertThatThrownBy(() -> open(registry.host() + "/a:1"))
                .hasMessageContaining("would take more than 100 manifests");
    }

    @Test
    void schema1WithoutItsMediaTypeIsRefusedToo() {
        registry.serving("a", "1", "application/json", "{\"schemaVersion\":1,\"name\":\"a\",\"fsLayers\":[]}");

        assertThatThrownBy(() -> open(registry.host() + "/a:1")).hasMessageContaining("schema 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "<html></html>", "{\"manifests\":[]}", "{\"manifests\":7}"})
    void whatIsNoManifestIsSaidToBeNone(String document) {
        registry.serving("a", "1", ImageBytes.MANIFEST, document);

        assertThatThrownBy(() -> open(registry.host() + "/a:1"))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith(registry.host() + "/a:1: ");
    }

    @Test
    void aConfigurationThatIsMissingIsNamed() {
        registry.serving("a", "1", ImageBytes.MANIFEST, AMD.manifest());

        assertThatThrownBy(() -> open(registry.host() + "/a:1"))
                .hasMessageContaining("blob " + digest(bytes(AMD.configuration())) + ": is not in the registry");
    }

    @Test
    void aWordThatIsNoPathIsTheNameOfAnImage() throws IOException {
        var blocking = Files.writeString(
                folder.resolve("registries.conf"), "[[registry]]\nlocation = \"docker.io\"\nblocked = true\n");
        var context = context(Optional.empty(), Map.of("CONTAINERS_REGISTRIES_CONF", blocking.toString()));

        assertThatThrownBy(() -> Images.open("debian:12", context))
                .hasMessage("docker.io/library/debian:12: images of docker.io are blocked by " + blocking
                        + " (nor is there a file or folder of the name debian:12)");
        assertThatThrownBy(() -> Images.open("./debian", context)).hasMessageContaining("no such file or folder");
        assertThatThrownBy(() -> Images.open("debian.tar", context)).hasMessageContaining("no such file or folder");
    }

    @Test
    void aHostOfTheNameRegistryHasItsPort() throws IOException {
        var blocking = Files.writeString(
                folder.resolve("registries.conf"), "[[registry]]\nlocation = \"registry:5000\"\nblocked = true\n");
        var context = context(Optional.empty(), Map.of("CONTAINERS_REGISTRIES_CONF", blocking.toString()));

        assertThatThrownBy(() -> Images.open("registry:5000/app", context))
                .hasMessageContaining("registry:5000/app:latest: images of registry:5000 are blocked");
    }

    private void servePlatforms() {
        registry.serving("multi", "amd", AMD)
                .serving("multi", "arm", ARM)
                .serving("multi", "1", ImageBytes.INDEX, platforms());
    }

    private static String platforms() {
        return index(
                descriptor(ImageBytes.MANIFEST, bytes(ARM.manifest()), platform("linux", "arm64")),
                descriptor(ImageBytes.MANIFEST, bytes(AMD.manifest()), platform("linux", "amd64")));
    }

    private String architecture(Optional<Platform> platform) throws IOException {
        try (var image = Images.open(registry.host() + "/multi:1", context(platform))) {
            return image.platform().orElseThrow().architecture();
        }
    }

    private dev.plimsoll.image.Image open(String where) throws IOException {
        return Images.open(where, context(Optional.empty()));
    }

    private static String layer(ImageBytes image) {
        return image.blobs().keySet().iterator().next().substring("blobs/sha256/".length());
    }

    private SourceContext context(Optional<Platform> platform) {
        return context(platform, Map.of());
    }

    private SourceContext context(Optional<Platform> platform, Map<String, String> variables) {
        var environment = new java.util.HashMap<>(variables);
        environment.put("HOME", folder.resolve("home").toString());
        var usual =
                SourceContext.of(new OpenOptions(platform, new Platform("linux", "amd64", ""), ImageLimits.DEFAULTS));
        return new SourceContext(
                folder,
                usual.options(),
                Optional.empty(),
                List.of(),
                environment,
                usual.in(),
                folder,
                usual.timeout(),
                usual.progress(),
                usual.registries());
    }
}
