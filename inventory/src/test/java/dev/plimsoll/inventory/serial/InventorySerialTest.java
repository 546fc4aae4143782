package dev.plimsoll.inventory.serial;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.LayeredImage;
import dev.plimsoll.inventory.scan.ScanOptions;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InventorySerialTest {

    @TempDir
    private Path folder;

    @Test
    void keepsToItsSchema() {
        assertThat(SerialForm.problems(SerialForm.text(SerialForm.everything(folder))))
                .isEmpty();
    }

    @Test
    void anImageOfWhichNothingIsKnownKeepsToItToo() {
        var least = LayeredImage.of(LayeredImage.layer()).configuration("").scan(folder);

        assertThat(SerialForm.problems(SerialForm.text(least))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatItDoesNotName() {
        var text = SerialForm.text(SerialForm.everything(folder));

        assertThat(SerialForm.problems(text.replace("\"evidence\":\"installed\"", "\"evidence\":\"guessed\"")))
                .isNotEmpty();
        assertThat(SerialForm.problems(text.replace("\"unknowns\":[{", "\"unknowns\":[{\"more\":1,")))
                .isNotEmpty();
        assertThat(SerialForm.problems(text.replace("\"version\":\"1.3\"", "\"version\":\"2.0\"")))
                .isNotEmpty();
    }

    /// An alarm for what was added to the form and not to this test's image.
    @Test
    void theTestsImageHasEveryMemberThatTheSchemaNames() throws JsonException {
        var schema = (JsonObject) JsonReader.read(schema(), JsonLimits.FOREIGN);
        var text = SerialForm.text(SerialForm.everything(folder));

        var named = new TreeSet<String>();
        collectNames(schema, named);
        assertThat(named)
                .hasSizeGreaterThan(60)
                .allSatisfy(name -> assertThat(text).contains("\"" + name + "\":"));
    }

    private static String schema() {
        try (var in = InventoryWriter.class.getResourceAsStream("inventory-1.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collectNames(JsonObject schema, TreeSet<String> names) {
        names.addAll(schema.object("properties").members().keySet());
        schema.members().values().forEach(value -> {
            if (value instanceof JsonObject object) {
                collectNames(object, names);
            }
        });
    }

    @Test
    void whatWasReadIsWrittenToTheSameBytes() throws JsonException {
        var inventory = SerialForm.everything(folder);
        var bytes = SerialForm.write(inventory);

        var read = InventoryReader.read(bytes);

        assertThat(SerialForm.text(read)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        assertThat(read.image()).isEqualTo(inventory.image());
        assertThat(read.distribution()).isEqualTo(inventory.distribution());
        assertThat(read.files().orElseThrow())
                .containsExactlyElementsOf(inventory.files().orElseThrow());
        assertThat(read.unknowns()).isEqualTo(inventory.unknowns());
        assertThat(read.dockerfile()).isEqualTo(inventory.dockerfile());
        assertThat(read.analyzers()).isEqualTo(inventory.analyzers());
        assertThat(read.packages()).isEqualTo(inventory.packages());
        assertThat(read.contents()).isEqualTo(inventory.contents());
    }

    @Test
    void anImageOfWhichNothingIsKnownIsReadToo() throws JsonException {
        var least = LayeredImage.of(LayeredImage.layer()).configuration("").scan(folder);

        assertThat(InventoryReader.read(SerialForm.write(least)).image()).isEqualTo(least.image());
    }

    @Test
    void whatIsNotKnownStaysUnknown() throws JsonException {
        var inventory = new Inventory(
                new ImageFacts(
                        "sbom",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Platform("linux", "arm64", "v8")),
                        Optional.empty(),
                        false,
                        List.of()),
                Optional.empty(),
                List.of(new ImagePackage(
                        PackageUrl.parse("pkg:npm/lodash@4.17.15").orElseThrow(),
                        PackageType.NPM,
                        "lodash",
                        "4.17.15",
                        Optional.empty(),
                        "",
                        "",
                        Evidence.INSTALLED,
                        "purl-list/1",
                        List.of(),
                        OptionalInt.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty())),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(Unknown.inDocument("line 3", "a reason")),
                List.of("purl-list/1"),
                Optional.of(new SourceDocument(
                        "list of package URLs",
                        Digest.sha256("2".repeat(64)),
                        List.of(),
                        Set.of(PackageFact.SOURCE_PACKAGES),
                        0)));
        var text = SerialForm.text(inventory);

        assertThat(SerialForm.problems(text)).isEmpty();
        assertThat(InventoryReader.read(SerialForm.write(inventory))).isEqualTo(inventory);
        assertThat(text).doesNotContain("\"id\"", "\"configuration\"", "\"layer", "\"locations\"");
    }

    @Test
    void layersOfWhichLittleIsKnownStayAsTheyWere() throws JsonException {
        var layer = new LayerFacts(
                Optional.empty(),
                Optional.of(Digest.sha256("3".repeat(64))),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                "");
        var inventory = SerialForm.everything(folder);
        var image = new ImageFacts(
                "sbom",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(layer, layer));
        var changed = new Inventory(
                image,
                inventory.distribution(),
                inventory.packages(),
                inventory.files(),
                inventory.digested(),
                inventory.excluded(),
                inventory.dockerfile(),
                inventory.unknowns(),
                inventory.analyzers(),
                inventory.document());

        assertThat(SerialForm.problems(SerialForm.text(changed))).isEmpty();
        assertThat(InventoryReader.read(SerialForm.write(changed)).image()).isEqualTo(image);
        assertThat(image.unpackedSize()).isEmpty();
        assertThat(image.layerCount()).hasValue(2);
    }

    @Test
    void whatIsNotKnownOfFilesAndOfTheHealthcheckStaysSo() throws JsonException {
        var everything = SerialForm.everything(folder);
        var read = InventoryReader.read(SerialForm.write(everything));

        assertThat(read.files().orElseThrow().tellsCapabilities()).isFalse();
        assertThat(read.image().configuration()).isEqualTo(everything.image().configuration());
        var text = SerialForm.text(everything);
        assertThat(InventoryReader.read(text.replace("\"filesUnsaid\":[\"capabilities\"]", "\"filesUnsaid\":[]")
                                .getBytes(StandardCharsets.UTF_8))
                        .files()
                        .orElseThrow()
                        .tellsCapabilities())
                .isTrue();
        var older = InventoryReader.read(text.replaceAll("\"argsEscaped\":true,|,\"healthcheckTimes\":\\{[^}]*\\}", "")
                        .getBytes(StandardCharsets.UTF_8))
                .image()
                .configuration()
                .orElseThrow();
        assertThat(older.argsEscaped()).isEmpty();
        assertThat(older.healthcheck().orElseThrow().times()).isEmpty();
    }

    /// As Plimsoll wrote it before anything could be unknown.
    @Test
    void aFileOfVersion10IsStillRead() throws JsonException {
        var zeros = "sha256:" + "0".repeat(64);
        var old = """
                {"schema":"https://plimsoll.dev/schema/inventory-1.schema.json","version":"1.0","analyzers":["npm-package/1"],
                "image":{"transport":"oci-layout","names":["latest"],"id":"%1$s","manifestDigest":"%1$s","platform":"linux/amd64",
                "configuration":{"os":"linux","architecture":"amd64","variant":"","created":"","author":"","user":"app",
                "exposedPorts":[],"environment":[],"entrypoint":[],"command":[],"workingDirectory":"","volumes":[],"labels":{},
                "stopSignal":"","shell":[],"onBuild":[],"history":[],"diffIds":["%1$s"]},
                "layers":[{"digest":"%1$s","diffId":"%1$s","mediaType":"m","size":10,"unpackedSize":20,"createdBy":""}]},
                "packages":[{"purl":"pkg:npm/lodash@4.17.15","type":"npm","name":"lodash","version":"4.17.15",
                "architecture":"","modularity":"","evidence":"installed","analyzer":"npm-package/1",
                "locations":[{"path":"srv/package.json","layer":0}],"layer":0,"licenses":[],"ownedFiles":[]}],
                "files":[],"digested":[],"excluded":[],
                "unknowns":[{"path":"srv/x","layer":0,"place":"","reason":"broken"}]}""".formatted(zeros);

        assertThat(SerialForm.problems(old)).isEmpty();
        var read = InventoryReader.read(old.getBytes(StandardCharsets.UTF_8));
        assertThat(read.image().verified()).isTrue();
        assertThat(read.files().orElseThrow().tellsCapabilities()).isFalse();
        assertThat(read.image().unpackedSize()).hasValue(20);
        assertThat(read.image().id().map(Digest::toString)).hasValue(zeros);
        assertThat(read.image().repoDigests()).isEmpty();
        assertThat(read.document()).isEmpty();
        assertThat(read.packages().getFirst().locations().getFirst().layer()).hasValue(0);
        assertThat(read.unknowns().getFirst().layer()).hasValue(0);
    }

    @Test
    void anInventoryOfAPlainFolderComesBackAsItWas() throws IOException {
        var root = Files.createDirectories(folder.resolve("root"));
        Files.writeString(root.resolve("package.json"), "{\"name\":\"lodash\",\"version\":\"4.17.15\"}");
        Inventory inventory;
        try (var image = Images.open("dir:" + root, OpenOptions.defaults())) {
            inventory = ImageScanner.scan(image, ScanOptions.defaults());
        }
        var text = SerialForm.text(inventory);

        assertThat(SerialForm.problems(text)).isEmpty();
        assertThat(SerialForm.text(InventoryReader.read(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(text);
        assertThat(inventory.image().verified()).isFalse();
        assertThat(inventory.image().layersKnown()).isFalse();
        assertThat(inventory.packages().getFirst().layer()).isEmpty();
        assertThat(inventory.packages().getFirst().locations().getFirst().layer())
                .isEmpty();
        assertThat(inventory.files()).isPresent();
    }

    @Test
    void anInventoryWithoutFilesStaysOneWithoutFiles() throws JsonException {
        var inventory = SerialForm.everything(folder);
        var without = new Inventory(
                inventory.image(),
                inventory.distribution(),
                inventory.packages(),
                Optional.empty(),
                inventory.digested(),
                inventory.excluded(),
                inventory.dockerfile(),
                inventory.unknowns(),
                inventory.analyzers(),
                inventory.document());

        assertThat(SerialForm.problems(SerialForm.text(without))).isEmpty();
        assertThat(InventoryReader.read(SerialForm.write(without)).files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian-slim",
                "debian-web",
                "debian-patched",
                "distroless",
                "python-app",
                "node-app",
                "java-app",
                "ruby-app",
                "go-deps",
                "rpm-rhel9",
                "rpm-fedora",
                "secrets",
                "special"
            })
    void realImagesKeepToTheSchemaAndComeBackAsTheyWere(String name) throws IOException {
        var inventory = RealImage.named(name).inventory();
        var text = SerialForm.text(inventory);

        assertThat(SerialForm.problems(text)).isEmpty();
        assertThat(SerialForm.text(InventoryReader.read(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(text);
        assertThat(inventory.packages()).isNotEmpty().allSatisfy(item -> {
            assertThat(item.locations()).isNotEmpty();
            // an archive that tells no group has none to give, and the library refuses Maven's URLs without one
            if (!item.purl().type().equals("maven") || !item.purl().namespace().isEmpty()) {
                assertThat(new PackageURL(item.purl().toString()).canonicalize())
                        .isEqualTo(canonical(item.purl()));
            }
        });
    }

    /// The reference library builds the URL of its parts.
    private static String canonical(PackageUrl purl) throws MalformedPackageURLException {
        return new PackageURL(
                        purl.type(),
                        purl.namespace().isEmpty() ? null : purl.namespace(),
                        purl.name(),
                        purl.version().isEmpty() ? null : purl.version(),
                        new TreeMap<>(purl.qualifiers()),
                        null)
                .canonicalize();
    }

    @Test
    void aLaterMinorVersionIsReadAndItsAdditionsArePassedOver() throws JsonException {
        var inventory = SerialForm.everything(folder);
        var later = SerialForm.text(inventory)
                .replace(
                        "\"version\":\"1.3\",\"analyzers\"",
                        "\"version\":\"1.12\",\"more\":{\"x\":[[[1]]]},\"analyzers\"")
                .replace("\"transport\":", "\"new\":[1],\"transport\":");

        assertThat(InventoryReader.read(later.getBytes(StandardCharsets.UTF_8)).packages())
                .isEqualTo(inventory.packages());
    }

    @Test
    void membersMayComeInAnyOrder() throws JsonException {
        var inventory = SerialForm.everything(folder);
        var members = ((JsonObject) JsonReader.read(SerialForm.write(inventory), JsonLimits.FOREIGN)).members();
        var turned = new LinkedHashMap<String, JsonValue>();
        List.copyOf(members.keySet()).reversed().forEach(name -> turned.put(name, members.get(name)));

        assertThat(SerialForm.text(InventoryReader.read(SerialForm.bytes(new JsonObject(turned)))))
                .isEqualTo(SerialForm.text(inventory));
    }
}
