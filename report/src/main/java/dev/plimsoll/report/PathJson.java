package dev.plimsoll.report;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.ImageChange;
import dev.plimsoll.policy.path.PathToPass;
import dev.plimsoll.policy.path.Step;
import java.util.Locale;

/// Writes a path to a pass into a verdict's JSON.
final class PathJson {

    private PathJson() {}

    static void write(JsonWriter json, PathToPass path) {
        json.array("steps", () -> path.steps().forEach(step -> json.object(() -> step(json, step))));
        path.after()
                .ifPresent(after -> json.object("path", () -> {
                    json.member("after", after.name().toLowerCase(Locale.ROOT));
                    json.member("proved", path.isProved());
                    if (!path.remains().isEmpty()) {
                        json.member("remains", path.remains());
                    }
                }));
    }

    private static void step(JsonWriter json, Step step) {
        json.member("kind", step.kind().word())
                .member("instruction", step.instruction())
                .member("clears", step.clears())
                .strings("about", step.about())
                .member("tried", step.tried());
        json.array("changes", () -> step.changes().forEach(change -> json.object(() -> change(json, change))));
    }

    private static void change(JsonWriter json, ImageChange change) {
        switch (change) {
            case ImageChange.UpgradePackage(var type, var name, var from, var to, var ofSource) ->
                json.member("change", "upgrade-package")
                        .member("type", type.purlType())
                        .member("name", name)
                        .member("from", from)
                        .member("to", to)
                        .member("ofSource", ofSource);
            case ImageChange.RemovePackage(var type, var name) ->
                json.member("change", "remove-package")
                        .member("type", type.purlType())
                        .member("name", name);
            case ImageChange.RemoveFile(var path) ->
                json.member("change", "remove-file").member("path", "/" + path);
            case ImageChange.ClearModeBits(var path, var bits) ->
                json.member("change", "clear-mode-bits")
                        .member("path", "/" + path)
                        .member("bits", Integer.toOctalString(bits));
            case ImageChange.AddInstruction(var keyword, var arguments) ->
                json.member("change", "add-instruction")
                        .member("instruction", keyword)
                        .member("arguments", arguments);
            case ImageChange.RemoveInstruction(var keyword, var arguments, var line) ->
                json.member("change", "remove-instruction")
                        .member("instruction", keyword)
                        .member("arguments", arguments)
                        .member("line", line);
            case ImageChange.ClosePort(var port) ->
                json.member("change", "close-port").member("port", port);
        }
    }
}
