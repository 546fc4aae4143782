package dev.plimsoll.inventory.build;

import dev.plimsoll.image.ImageConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells from an image what its Dockerfile did.
///
/// What the configuration holds (USER, EXPOSE, ENV, …) comes from there, for that is what a container gets; only RUN,
/// COPY, ADD, ARG and what has no trace in the configuration comes from the history. There is no FROM: a history says
/// nothing of where it began.
public final class InferredDockerfile {

    /// Instructions that only the history can tell.
    public static final Set<String> TOLD_BY_HISTORY = Set.of("ADD", "COPY", "ARG", "MAINTAINER", "RUN");

    private final List<Instruction> instructions = new ArrayList<>();

    private InferredDockerfile() {}

    public static Dockerfile of(ImageConfiguration configuration) {
        var inferred = new InferredDockerfile();
        for (var step : HistoryStep.of(configuration)) {
            if (TOLD_BY_HISTORY.contains(step.keyword())) {
                inferred.add(step.keyword(), step.arguments());
            }
        }
        inferred.settings(configuration);
        return new Dockerfile(false, inferred.instructions, Map.of());
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
        instructions.add(new Instruction(keyword, arguments, arguments, List.of(), 0, 0, -1, '\\'));
    }

    private static String jsonList(List<String> words) {
        var quoted = words.stream()
                .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
        return "[" + String.join(", ", quoted) + "]";
    }
}
