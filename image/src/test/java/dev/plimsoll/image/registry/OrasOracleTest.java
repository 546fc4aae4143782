package dev.plimsoll.image.registry;

import static dev.plimsoll.image.ImageBytes.bytes;
import static dev.plimsoll.image.ImageBytes.digest;
import static dev.plimsoll.image.ImageBytes.image;
import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.Tools;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import land.oras.ContainerRef;
import land.oras.Index;
import land.oras.Manifest;
import land.oras.ManifestDescriptor;
import land.oras.Platform;
import land.oras.Registry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The oras SDK fills Debian's docker-registry, and must read from it what our client reads: an index of two platforms
/// with several tags, and an artifact whose subject is one of the images.
@Timeout(120)
class OrasOracleTest {

    private static final int MOST = 1 << 20;
    private static final String REPOSITORY = "shop/web";
    private static final List<String> TAGS = List.of("1", "1.0", "latest");
    private static final String ARTIFACT_TYPE = "application/vnd.example.sbom";

    /// More than one read of a socket.
    private static final ImageBytes AMD64 = image().gzip(
                    tar().file("etc/os-release", "ID=test\n").end())
            .plain(tar().file("big", "0123456789abcdef".repeat(20_000)).end());

    private static final ImageBytes ARM64 =
            image().architecture("arm64").gzip(tar().file("b", "yy").end());
    private static final byte[] STATEMENT = bytes("{\"packages\":[]}");
    private static final String ARTIFACT = "{\"schemaVersion\":2,\"mediaType\":\"" + ImageBytes.MANIFEST
            + "\",\"artifactType\":\"" + ARTIFACT_TYPE + "\",\"config\":"
            + ImageBytes.descriptor("application/vnd.oci.empty.v1+json", bytes("{}"), "") + ",\"layers\":["
            + ImageBytes.descriptor("application/json", STATEMENT, "") + "],\"subject\":"
            + ImageBytes.descriptor(ImageBytes.MANIFEST, bytes(AMD64.manifest()), "") + "}";

    @TempDir
    static Path temporary;

    private static @Nullable RegistryProcess process;
    private static Registry oras;
    private static String host;

    @BeforeAll
    static void fill() throws Exception {
        Tools.needed(Tools.isOnPath("docker-registry"), "docker-registry, for OrasOracleTest");
        process = RegistryProcess.docker(temporary, "");
        host = process.host();
        oras = Registry.builder().insecure(host).build();
        List<ManifestDescriptor> entries = new ArrayList<>();
        for (var image : List.of(AMD64, ARM64)) {
            image.blobs().values().forEach(blob -> oras.pushBlob(named(""), blob));
            var manifest = bytes(image.manifest());
            oras.pushManifest(named("@" + digest(manifest)), Manifest.fromJson(image.manifest()));
            entries.add(ManifestDescriptor.of(ImageBytes.MANIFEST, digest(manifest), manifest.length)
                    .withPlatform(image == AMD64 ? Platform.linuxAmd64() : Platform.of("linux", "arm64", "v8")));
        }
        for (var tag : TAGS) {
            oras.pushIndex(named(":" + tag), Index.fromManifests(entries));
        }
        for (var blob : List.of(STATEMENT, bytes("{}"))) {
            oras.pushBlob(named(""), blob);
        }
        // oras demands a registry that knows subjects
        process.put(REPOSITORY, digest(bytes(ARTIFACT)), ImageBytes.MANIFEST, ARTIFACT);
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            process.close();
        }
    }

    @Test
    void manifestsByTagAndByDigest() throws Exception {
        List<String> asked = new ArrayList<>(TAGS.stream().map(tag -> ":" + tag).toList());
        asked.add("@" + oras.getDescriptor(named(":1")).getDigest());
        for (var manifest : List.of(AMD64.manifest(), ARM64.manifest(), ARTIFACT)) {
            asked.add("@" + digest(bytes(manifest)));
        }
        try (var client = Asking.in(temporary).client()) {
            for (var tagOrDigest : asked) {
                var theirs = oras.getDescriptor(named(tagOrDigest));
                var ours = client.image(reference(tagOrDigest), MOST).root();

                assertThat(ours.digest()).as(tagOrDigest).hasToString(theirs.getDigest());
                assertThat(ours.bytes()).as(tagOrDigest).isEqualTo(bytes(theirs.getJson()));
                assertThat(ours.mediaType()).as(tagOrDigest).isEqualTo(theirs.getMediaType());
                assertThat((long) ours.size()).as(tagOrDigest).isEqualTo(theirs.getSize());
            }
            assertThat(client.image(reference("@" + digest(bytes(ARTIFACT))), MOST)
                            .root()
                            .bytes())
                    .isEqualTo(bytes(ARTIFACT));
        }
    }

    @Test
    void entriesOfAnIndex() throws Exception {
        try (var client = Asking.in(temporary).client()) {
            var found = client.image(reference(":1"), MOST);
            var ours = object(found.root().bytes()).objects("manifests").stream()
                    .map(entry -> {
                        var platform = entry.object("platform");
                        return List.of(
                                entry.string("digest").orElseThrow(),
                                entry.string("mediaType").orElseThrow(),
                                entry.number("size").orElseThrow().longValueExact(),
                                platform.string("os").orElseThrow(),
                                platform.string("architecture").orElseThrow(),
                                platform.string("variant").orElse(""));
                    })
                    .toList();
            var theirs = oras.getIndex(named(":1")).getManifests();

            assertThat(ours)
                    .isEqualTo(theirs.stream()
                            .map(entry -> List.<Object>of(
                                    entry.getDigest(),
                                    entry.getMediaType(),
                                    entry.getSize(),
                                    entry.getPlatform().os(),
                                    entry.getPlatform().architecture(),
                                    Optional.ofNullable(entry.getPlatform().variant())
                                            .orElse("")))
                            .toList())
                    .hasSize(2);
            for (var entry : theirs) {
                var manifest = found.manifest(Digest.parse(entry.getDigest()).orElseThrow(), MOST);
                assertThat(manifest.orElseThrow().bytes())
                        .isEqualTo(bytes(
                                oras.getManifest(named("@" + entry.getDigest())).getJson()));
            }
        }
    }

    @Test
    void tagsAndRepositories() throws Exception {
        try (var client = Asking.in(temporary).client()) {
            assertThat(client.tags(reference(""), 10))
                    .isEqualTo(oras.getTags(named("")).tags())
                    .containsAll(TAGS);
            assertThat(client.catalogue(host, 10))
                    .isEqualTo(oras.getRepositories().repositories())
                    .containsExactly(REPOSITORY);
        }
    }

    @Test
    void bytesOfBlobs() throws Exception {
        try (var client = Asking.in(temporary).client()) {
            for (var image : List.of(AMD64, ARM64)) {
                var manifest = bytes(image.manifest());
                var found = client.image(reference("@" + digest(manifest)), MOST);
                for (var layer : oras.getManifest(named("@" + digest(manifest))).getLayers()) {
                    // getBlob of oras 0.7.0 reads text alone
                    try (var theirs = oras.fetchBlob(named("@" + layer.getDigest()));
                            var ours =
                                    found.blob(Digest.parse(layer.getDigest()).orElseThrow(), layer.getSize())) {
                        var content = ours.readAllBytes();
                        assertThat(Arrays.equals(content, theirs.readAllBytes()))
                                .as(layer.getDigest())
                                .isTrue();
                        assertThat(digest(content)).isEqualTo(layer.getDigest());
                    }
                }
            }
        }
    }

    /// docker-registry does not list referrers, and this oras knows that list alone: it writes and reads the index that
    /// stands in for it as any other.
    @Test
    void indexOfReferrers() throws Exception {
        var subject = digest(bytes(AMD64.manifest()));
        var tag = ":" + subject.replace(':', '-');
        oras.pushIndex(
                named(tag),
                Index.fromManifests(List.of(
                        ManifestDescriptor.of(ImageBytes.MANIFEST, digest(bytes(ARTIFACT)), bytes(ARTIFACT).length)
                                .withArtifactType(ARTIFACT_TYPE)
                                .withAnnotations(Map.of("org.example.by", "a test")),
                        ManifestDescriptor.of(ImageBytes.MANIFEST, digest(bytes(ARM64.manifest())), 7)
                                .withArtifactType("application/vnd.example.other"))));
        var theirs = oras.getIndex(named(tag)).getManifests().stream()
                .map(entry -> new Referrer(
                        Digest.parse(entry.getDigest()).orElseThrow(),
                        entry.getMediaType(),
                        entry.getArtifactType(),
                        entry.getSize(),
                        Optional.ofNullable(entry.getAnnotations()).orElse(Map.of())))
                .toList();
        try (var client = Asking.in(temporary).client()) {
            var image = reference("@" + subject);

            assertThat(client.referrers(image, Optional.empty(), MOST, 10))
                    .isEqualTo(theirs)
                    .hasSize(2);
            assertThat(client.referrers(image, Optional.of(ARTIFACT_TYPE), MOST, 10))
                    .isEqualTo(theirs.subList(0, 1));
        }
    }

    /// @param tagOrDigest with its colon or at sign, empty for the repository
    private static ContainerRef named(String tagOrDigest) {
        return ContainerRef.parse(host + "/" + REPOSITORY + tagOrDigest);
    }

    private static Reference reference(String tagOrDigest) throws IOException {
        return Reference.parse(host + "/" + REPOSITORY + tagOrDigest);
    }

    private static JsonObject object(byte[] json) throws IOException {
        return (JsonObject) JsonReader.read(json, JsonLimits.FOREIGN);
    }
}
