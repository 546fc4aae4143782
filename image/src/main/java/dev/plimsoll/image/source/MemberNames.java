package dev.plimsoll.image.source;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Refuses documents that two readers understand differently. Container engines are written in Go, whose JSON reader
/// takes
/// `"Layers"` for `"layers"` and the last of several; other readers take the exact name, and this one nothing by guess.
///
/// Source: Go, package encoding/json, "Unmarshal".
final class MemberNames {

    /// What is read of indexes, manifests, configurations and descriptors, in their objects that have fixed members.
    private static final NavigableSet<String> KNOWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        KNOWN.addAll(List.of(
                "architecture",
                "author",
                "config",
                "created",
                "digest",
                "history",
                "layers",
                "manifests",
                "mediaType",
                "os",
                "platform",
                "rootfs",
                "size",
                "variant"));
        KNOWN.addAll(List.of("diff_ids", "created_by", "comment", "empty_layer"));
    }

    /// The members of the object `config` of a configuration.
    private static final NavigableSet<String> OF_CONFIG = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OF_CONFIG.addAll(List.of(
                "User",
                "ExposedPorts",
                "Env",
                "Entrypoint",
                "Cmd",
                "Volumes",
                "WorkingDir",
                "Labels",
                "StopSignal",
                "Shell",
                "OnBuild",
                "ArgsEscaped",
                "Healthcheck"));
    }

    /// The members of the object `Healthcheck` in it.
    private static final NavigableSet<String> OF_HEALTHCHECK = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OF_HEALTHCHECK.addAll(List.of("Test", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"));
    }

    private MemberNames() {}

    /// What is ambiguous in a document, a few words; empty where nothing is.
    static Optional<String> ambiguity(JsonValue document) {
        if (!(document instanceof JsonObject root)) {
            return Optional.empty();
        }
        if (root.members().containsKey("manifests") && root.members().containsKey("layers")) {
            return Optional.of("is both an index and a manifest");
        }
        return misspelt(root, KNOWN)
                .or(() -> misspelt(root.object("config"), KNOWN))
                .or(() -> misspelt(root.object("config"), OF_CONFIG))
                .or(() -> misspelt(root.object("config").object("Healthcheck"), OF_HEALTHCHECK))
                .or(() -> misspelt(root.object("rootfs"), KNOWN))
                .or(() -> inArrays(root));
    }

    private static Optional<String> inArrays(JsonObject root) {
        for (var name : List.of("layers", "manifests", "history")) {
            if (root.members().get(name) instanceof JsonArray(var elements)) {
                for (var element : elements) {
                    if (element instanceof JsonObject object) {
                        var found = misspelt(object, KNOWN).or(() -> misspelt(object.object("platform"), KNOWN));
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> misspelt(JsonObject object, NavigableSet<String> names) {
        for (var member : object.members().keySet()) {
            var known = names.ceiling(member);
            if (known != null && known.equalsIgnoreCase(member) && !known.equals(member)) {
                return Optional.of("has a member \"" + member + "\", which some readers take for \"" + known + "\"");
            }
        }
        return Optional.empty();
    }
}
