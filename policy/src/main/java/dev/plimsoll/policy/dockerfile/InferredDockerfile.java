package dev.plimsoll.policy.dockerfile;

import dev.plimsoll.image.ImageConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells from an image what its Dockerfile did.
///
/// What the configuration holds (USER, EXPOSE, ENV, …) comes from there, for that is what a container gets; only RUN,
/// COPY, ADD,
/// ARG and what has no trace in the configuration comes from the history. There is no FROM: nothing in an image names
/// its base.
public final class InferredDockerfile {

    private static final String CLASSIC_MARK = "#(nop)";
    private static final String BUILDKIT_MARK = "# buildkit";
    /// How the classic builder's RUN stands in the history of a Windows image: no CMD.
    private static final Pattern WINDOWS_SHELL = Pattern.compile("(?i)cmd\\s+/s\\s+/c\\s");
    private static final Set<String> FROM_HISTORY = Set.of("ADD", "COPY", "ARG", "MAINTAINER");
    /// Instructions that only the history can tell.
    public static final Set<String> TOLD_BY_HISTORY = Set.of("ADD", "COPY", "ARG", "MAINTAINER", "RUN");
    private static final Set<String> KEYWORDS = Set.of(
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
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    private final List<Instruction> instructions = new ArrayList<>();

    private InferredDockerfile() {}

    public static Dockerfile of(ImageConfiguration configuration) {
        var inferred = new InferredDockerfile();
        configuration.history().forEach(entry -> inferred.step(entry.createdBy()));
        inferred.settings(configuration);
        return new Dockerfile(false, inferred.instructions);
    }

    private void step(String createdBy) {
        int mark = createdBy.indexOf(CLASSIC_MARK);
        var text = (mark >= 0 ? createdBy.substring(mark + CLASSIC_MARK.length()) : createdBy).strip();
        if (text.endsWith(BUILDKIT_MARK)) {
            text = text.substring(0, text.length() - BUILDKIT_MARK.length()).strip();
        }
        if (text.isEmpty()) {
            return;
        }
        int space = 0;
        while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
            space++;
        }
        var keyword = text.substring(0, space).toUpperCase(Locale.ROOT);
        if (FROM_HISTORY.contains(keyword)) {
            add(keyword, text.substring(space).strip());
        } else if (keyword.equals("RUN")) {
            add("RUN", text.substring(space).strip());
        } else if (mark < 0
                && (!KEYWORDS.contains(keyword) || WINDOWS_SHELL.matcher(text).lookingAt())) {
            // The classic builder's RUN stands there as the bare command.
            add("RUN", text);
        }
    }

    private void settings(ImageConfiguration configuration) {
        addIfGiven("USER", configuration.user());
        configuration.exposedPorts().forEach(port -> add("EXPOSE", port));
        configuration.environment().forEach(variable -> add("ENV", variable));
        configuration.labels().forEach((key, value) -> add("LABEL", key + "=" + value));
        addList("ENTRYPOINT", configuration.entrypoint());
        addList("CMD", configuration.command());
        addIfGiven("WORKDIR", configuration.workingDirectory());
        configuration.volumes().forEach(volume -> add("VOLUME", volume));
        addIfGiven("STOPSIGNAL", configuration.stopSignal());
        addList("SHELL", configuration.shell());
        configuration.onBuild().forEach(text -> add("ONBUILD", text));
        configuration.healthcheck().ifPresent(this::healthcheck);
    }

    private void healthcheck(List<String> test) {
        if (test.isEmpty() || test.getFirst().equals("NONE")) {
            add("HEALTHCHECK", "NONE");
        } else if (test.getFirst().equals("CMD-SHELL")) {
            add("HEALTHCHECK", "CMD " + String.join(" ", test.subList(1, test.size())));
        } else {
            add("HEALTHCHECK", "CMD " + jsonList(test.subList(1, test.size())));
        }
    }

    private void addList(String keyword, List<String> words) {
        if (!words.isEmpty()) {
            add(keyword, jsonList(words));
        }
    }

    private void addIfGiven(String keyword, String text) {
        if (!text.isEmpty()) {
            add(keyword, text);
        }
    }

    private void add(String keyword, String arguments) {
        instructions.add(new Instruction(keyword, arguments, List.of(), 0, -1));
    }

    private static String jsonList(List<String> words) {
        var quoted = words.stream()
                .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
        return "[" + String.join(", ", quoted) + "]";
    }
}
