package dev.plimsoll.inventory.serial;

import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The member `verification`: files that are not as the package databases say. Absent where files were not verified.
final class VerificationSection {

    static final String NAME = "verification";

    private VerificationSection() {}

    static void write(JsonWriter json, Optional<List<FileDeviation>> deviations) {
        if (deviations.isPresent()) {
            json.array(
                    NAME,
                    () -> deviations
                            .get()
                            .forEach(deviation -> json.object(() -> json.member("path", deviation.path())
                                    .member("owner", deviation.owner())
                                    .member("kind", word(deviation.kind()))
                                    .member("configuration", deviation.configuration()))));
        }
    }

    static Optional<List<FileDeviation>> read(Node root) throws JsonException {
        if (root.optional(NAME).isEmpty()) {
            return Optional.empty();
        }
        var deviations = new ArrayList<FileDeviation>();
        for (var node : root.array(NAME)) {
            deviations.add(
                    new FileDeviation(node.text("path"), node.text("owner"), kind(node), node.bool("configuration")));
        }
        return Optional.of(deviations);
    }

    private static FileDeviation.Kind kind(Node node) throws JsonException {
        var text = node.text("kind");
        for (var kind : FileDeviation.Kind.values()) {
            if (word(kind).equals(text)) {
                return kind;
            }
        }
        throw node.wrong(Node.quoted(text) + " is no kind of deviation");
    }

    private static String word(FileDeviation.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
