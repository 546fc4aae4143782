package dev.plimsoll.inventory.base;

import static dev.plimsoll.inventory.build.HistoryTest.history;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.BaseImage.How;
import dev.plimsoll.inventory.BaseImage.Origin;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.scan.LayeredImage;
import dev.plimsoll.inventory.serial.InventoryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BaseImagesTest {

    private static final Digest DIGEST = Digest.sha256("a".repeat(64));

    @TempDir
    private Path folder;

    private static ImageFacts image(ImageConfiguration configuration) {
        return new ImageFacts(
                "oci-layout",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(configuration),
                true,
                configuration.diffIds().stream()
                        .map(diffId -> new LayerFacts(diffId, Optional.of(diffId), "", 1, 1, ""))
                        .toList());
    }

    private static KnownImage known(String name, int... numbers) {
        return new KnownImage(
                name,
                Optional.of(DIGEST),
                java.util.Arrays.stream(numbers)
                        .mapToObj(number -> Digest.sha256(String.format("%064d", number)))
                        .toList());
    }

    private static Optional<BaseImage> base(ImageConfiguration configuration, KnownImage... known) {
        return BaseImages.of(image(configuration), List.of(known), Optional.empty());
    }

    @Test
    void theLongestKnownFrontCounts() {
        var image = history("", "ADD a", "RUN b", "RUN c");

        assertThat(base(
                        image,
                        known("one", 0),
                        known("two", 0, 1),
                        known("itself", 0, 1, 2),
                        known("other", 1),
                        known("too", 0, 2)))
                .contains(new BaseImage("two", Optional.of(DIGEST), OptionalInt.of(2), How.ANCESTORS));
        assertThat(base(image, known("b", 0, 1), known("a", 0, 1), known("c", 0, 1)))
                .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("a"));
        assertThat(base(image, known("none"))).isEmpty();
    }

    @Test
    void labelsNameABaseWithoutItsLayers() {
        var labels = "\"org.opencontainers.image.base.name\":\"r/base:1\",\"org.opencontainers.image.base.digest\":\""
                + DIGEST + "\"";

        assertThat(base(history(labels, "ADD a", "RUN b")))
                .contains(new BaseImage("r/base:1", Optional.of(DIGEST), OptionalInt.empty(), How.LABELS));
        assertThat(base(history(labels, "ADD a", "RUN b@@FROM r/base:1")))
                .hasValueSatisfying(found -> assertThat(found.layers()).hasValue(1));
        assertThat(base(history(labels, "ADD a", "RUN b@@FROM r/other:1")))
                .hasValueSatisfying(found -> assertThat(found.layers()).isEmpty());
        assertThat(base(history(labels, "ADD a", "RUN b"), known("r/k", 0)))
                .hasValueSatisfying(found -> assertThat(found.how()).isEqualTo(How.ANCESTORS));
    }

    @Test
    void theDockerfileNamesItAndTheHistoryItsLayers() {
        var image = image(history("", "ADD a", "RUN /bin/sh -c b"));

        assertThat(BaseImages.of(image, List.of(), Optional.of("ARG V=12\nFROM debian:$V\nRUN b\n")))
                .contains(new BaseImage("debian:12", Optional.empty(), OptionalInt.of(1), How.DOCKERFILE));
        assertThat(BaseImages.of(image, List.of(), Optional.of("FROM debian\nRUN b\nRUN c\nRUN d\n")))
                .contains(new BaseImage("debian", Optional.empty(), OptionalInt.empty(), How.DOCKERFILE));
        assertThat(BaseImages.of(image, List.of(), Optional.of("FROM $X\nRUN b\n")))
                .isEmpty();
        assertThat(BaseImages.of(image, List.of(), Optional.of("FROM scratch\nADD a\nRUN b\n")))
                .isEmpty();
    }

    @Test
    void theHistoryMayNameIt() {
        assertThat(base(history("", "ADD a@@FROM scratch", "RUN b@@FROM docker.io/library/alpine:3", "RUN c")))
                .contains(
                        new BaseImage("docker.io/library/alpine:3", Optional.empty(), OptionalInt.of(1), How.HISTORY));
    }

    /// As buildah 1.28 writes the history of an image that it built on another of its own, with a layer a step.
    @Test
    void theImagesOfStepsAreNoBase() {
        var image = history(
                "",
                "/bin/sh -c #(nop) COPY file:5f in /a ",
                "-/bin/sh -c #(nop) CMD [\"x\"]@@FROM 8b65dbe51750",
                "-/bin/sh -c #(nop) ENV A=b@@FROM localhost/base:1",
                "/bin/sh -c #(nop) COPY file:53 in /b @@FROM 1902dda55a5e",
                "/bin/sh -c #(nop) COPY file:ec in /c @@FROM 4a0d7e55102a");

        assertThat(base(image))
                .contains(new BaseImage("localhost/base:1", Optional.empty(), OptionalInt.of(1), How.HISTORY));
    }

    @Test
    void aGuessMarksNothing() {
        var guess = base(history("", "ADD a", "-CMD sh", "RUN b", "-CMD app"));

        assertThat(guess).contains(new BaseImage("", Optional.empty(), OptionalInt.of(1), How.GUESS));
        assertThat(guess.orElseThrow().origin(0)).isEmpty();
        assertThat(base(history("", "ADD a", "RUN b", "-CMD app"))).isEmpty();
    }

    @Test
    void layersUpToTheBasesAreTheBases() {
        var base = new BaseImage("a", Optional.empty(), OptionalInt.of(2), How.ANCESTORS);

        assertThat(base.origin(1)).contains(Origin.BASE);
        assertThat(base.origin(2)).contains(Origin.APP);
    }

    @Test
    void readsListsAndInventories() throws IOException {
        Files.writeString(
                folder.resolve("a.yaml"),
                "images:\n  - name: one\n    digest: " + DIGEST + "\n    diffIds: [" + DIGEST + "]\n");
        Files.writeString(
                folder.resolve("b.json"), "{\"images\":[{\"name\":\"two\",\"diffIds\":[\"" + DIGEST + "\"]}]}");
        Files.writeString(folder.resolve("readme.txt"), "no list");
        var image = Files.createDirectory(folder.resolve("image"));
        var inventory = LayeredImage.of(LayeredImage.layer().file("a", "b")).scan(image);
        try (var out = Files.newOutputStream(folder.resolve("c.json"))) {
            InventoryWriter.write(inventory, out);
        }

        var images = KnownImagesReader.read(folder);

        assertThat(images).hasSize(3);
        assertThat(images.get(0)).isEqualTo(new KnownImage("one", Optional.of(DIGEST), List.of(DIGEST)));
        assertThat(images.get(1)).isEqualTo(new KnownImage("two", Optional.empty(), List.of(DIGEST)));
        assertThat(images.get(2).diffIds()).hasSize(1);
        assertThat(KnownImagesReader.read(folder.resolve("b.json"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[]; no object with a list",
                "{}; no object with a list",
                "{\"images\":[7]}; at /images/0: no object",
                "{\"images\":[{\"diffIds\":[]}]}; at /images/0: 'name' is missing",
                "{\"images\":[{\"name\":\"a\"}]}; at /images/0: 'diffIds' is missing",
                "{\"images\":[{\"name\":\"a\",\"digest\":\"x\"}]}; at /images/0/digest: no digest",
                "{\"images\":[{\"name\":\"a\",\"diffIds\":[\"x\"]}]}; at /images/0/diffIds/0: no digest",
            })
    void saysWhatIsWrongWithAList(String text, String message) throws IOException {
        var file = Files.writeString(folder.resolve("list.json"), text.replace("'", ""));

        assertThatThrownBy(() -> KnownImagesReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message.replace("\"", ""));
    }

    @FuzzTest
    void anyListIsReadOrRefused(byte[] text) throws IOException {
        var file = Files.createTempFile("known", ".yaml");
        try {
            Files.write(file, text);
            assertThat(KnownImagesReader.read(file)).isNotNull();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            Files.delete(file);
        }
    }
}
