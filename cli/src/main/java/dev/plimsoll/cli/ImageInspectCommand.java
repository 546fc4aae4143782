package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.ImageDocument.Kind;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonWriter;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the documents of an image.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Show where an image was found, its manifest and its configuration, as JSON.",
        footer = {
            "",
            "Examples:",
            "  plimsoll image inspect image.tar",
            "  plimsoll image inspect image.tar --raw configuration | sha256sum   (its id)"
        })
final class ImageInspectCommand implements Callable<Integer> {

    private static final String FORMAT = "plimsoll-image/1";

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "An image, named as for check.")
    private String where = "";

    @Option(
            names = "--raw",
            paramLabel = "manifest|configuration",
            description = "One document alone, byte for byte; the digest of the configuration is the image's id.")
    private @Nullable Kind raw;

    @Mixin
    private final SourceArguments source = new SourceArguments();

    ImageInspectCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var progress = new Progress(environment, false)) {
            return source.with(where, progress, environment, ExitCode.ERROR, image -> {
                progress.done();
                if (raw == null) {
                    write(image);
                } else {
                    print(image, raw);
                }
                return ExitCode.PASS.code();
            });
        }
    }

    private void print(Image image, Kind kind) {
        var document = image.documents().stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow(() -> CommandException.usage(where + ": has no "
                        + (kind == Kind.MANIFEST ? "manifest" : "configuration") + " (" + image.origin() + ")"));
        environment.out().print(document.text());
    }

    private void write(Image image) throws IOException {
        try (var json = JsonWriter.indented(environment.out())) {
            json.object(() -> {
                json.member("format", FORMAT);
                json.member("transport", image.transport());
                json.member("origin", image.origin());
                json.strings("names", image.names());
                json.strings("repoDigests", image.repoDigests());
                json.member("id", image.id().map(Object::toString));
                json.member("manifestDigest", image.manifestDigest().map(Object::toString));
                json.member("platform", image.platform().map(Object::toString));
                json.member("verified", image.verified());
                json.array(
                        "layers",
                        () -> image.layers()
                                .forEach(layer -> json.object(() -> {
                                    json.member("digest", layer.digest().toString());
                                    json.member("diffId", layer.diffId().map(Object::toString));
                                    json.member("mediaType", layer.mediaType());
                                    json.member("size", layer.size());
                                })));
                for (var document : image.documents()) {
                    write(json, document);
                }
            });
        }
    }

    private static void write(JsonWriter json, ImageDocument document) {
        try {
            json.member(
                    document.kind() == Kind.MANIFEST ? "manifest" : "configuration",
                    JsonReader.read(document.text(), JsonLimits.FOREIGN.withBytes(Integer.MAX_VALUE)));
        } catch (JsonException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }
}
