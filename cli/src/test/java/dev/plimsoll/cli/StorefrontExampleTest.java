package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The committed example is nothing but its text files, packed. To write it anew after a change of these:
/// `./mvnw -pl cli -am test -Dtest=StorefrontExampleTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dplimsoll.examples.write=true`
final class StorefrontExampleTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("plimsoll.root"), "examples");

    @Test
    void isRebuiltByteForByteFromItsTextFiles() throws IOException {
        var archive = EXAMPLES.resolve("storefront.tar");
        var built = build(EXAMPLES.resolve("storefront"));
        if (Boolean.getBoolean("plimsoll.examples.write")) {
            Files.write(archive, built);
        }

        assertThat(Files.readAllBytes(archive)).isEqualTo(built);
        assertThat(built.length).isLessThan(200_000);
    }

    static byte[] build(Path folder) throws IOException {
        var description =
                (JsonObject) JsonReader.read(Files.readAllBytes(folder.resolve("image.json")), JsonLimits.AUTHORED);
        var modes = description.object("modes");
        var image = new TestImage()
                .named(description.string("name").orElseThrow())
                .configuration(text(description.object("config")));
        for (var layer : description.strings("layers")) {
            image.layer(tar(folder.resolve("layers").resolve(layer), modes));
        }
        return image.dockerArchive();
    }

    private static TestTar tar(Path root, JsonObject modes) throws IOException {
        var tar = new TestTar();
        try (var paths = Files.walk(root)) {
            for (var path : paths.filter(path -> !path.equals(root)).sorted().toList()) {
                var name = root.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path)) {
                    tar.directory(name);
                } else {
                    var mode = Integer.parseInt(modes.string(name).orElse("644"), 8);
                    tar.file(name, mode, Files.readAllBytes(path));
                }
            }
        }
        return tar;
    }

    private static String text(JsonObject object) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.element(object);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
