package dev.plimsoll.inventory.build;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageConfiguration.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// A step of an image's history as the instruction that made it.
///
/// Source: the histories of images that the builders wrote: the classic one puts `#(nop)` before what is no RUN, and a
/// RUN's bare command with its shell; BuildKit the instruction with `# buildkit` behind it; buildah writes as the
/// classic one; kaniko the instruction alone. A RUN with build arguments begins with their number: `|1 VERSION=2`.
///
/// @param keyword upper case; empty where the step tells none
/// @param arguments what follows it; of a RUN with its shell and build arguments
/// @param layer index of the layer that it brought; empty where it brought none
/// @param comment of the builder
public record HistoryStep(String keyword, String arguments, OptionalInt layer, String comment) {

    private static final String CLASSIC_MARK = "#(nop)";
    private static final String BUILDKIT_MARK = "# buildkit";
    /// How the classic builder's RUN stands in the history of a Windows image: no CMD.
    private static final Pattern WINDOWS_SHELL = Pattern.compile("(?i)cmd\\s+/s\\s+/c\\s");

    private static final Pattern SHELL = Pattern.compile("/bin/(?:ba|da|a)?sh(?:\\s+-[A-Za-z]+)*\\s+-[A-Za-z]*c\\s+");
    private static final Pattern ARGUMENT_COUNT = Pattern.compile("\\|([0-9]{1,4})\\s+");

    /// What no step of a history is that names no instruction.
    static final Set<String> KEYWORDS = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    /// The steps of a history, oldest first.
    public static List<HistoryStep> of(ImageConfiguration configuration) {
        var steps = new ArrayList<HistoryStep>();
        var layer = 0;
        for (var entry : configuration.history()) {
            var brought = entry.emptyLayer() ? OptionalInt.empty() : OptionalInt.of(layer++);
            steps.add(of(entry, brought));
        }
        return steps;
    }

    private static HistoryStep of(HistoryEntry entry, OptionalInt layer) {
        var createdBy = entry.createdBy();
        int mark = createdBy.indexOf(CLASSIC_MARK);
        var text = (mark >= 0 ? createdBy.substring(mark + CLASSIC_MARK.length()) : createdBy).strip();
        if (text.endsWith(BUILDKIT_MARK)) {
            text = text.substring(0, text.length() - BUILDKIT_MARK.length()).strip();
        }
        int space = 0;
        while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
            space++;
        }
        var keyword = text.substring(0, space).toUpperCase(Locale.ROOT);
        if (KEYWORDS.contains(keyword) && !WINDOWS_SHELL.matcher(text).lookingAt()) {
            return new HistoryStep(keyword, text.substring(space).strip(), layer, entry.comment());
        }
        // the classic builder's RUN stands there as the bare command
        return text.isEmpty() || mark >= 0
                ? new HistoryStep("", text, layer, entry.comment())
                : new HistoryStep("RUN", text, layer, entry.comment());
    }

    /// The command of a RUN without its shell and the build arguments in front; else the arguments.
    public String command() {
        var text = arguments;
        var count = ARGUMENT_COUNT.matcher(text);
        if (keyword.equals("RUN") && count.lookingAt()) {
            var shell = SHELL.matcher(text);
            // values may hold blanks: the shell ends them
            text = shell.find() ? text.substring(shell.start()) : text.substring(count.end());
        }
        var shell = SHELL.matcher(text);
        return keyword.equals("RUN") && shell.lookingAt() ? text.substring(shell.end()) : text;
    }
}
