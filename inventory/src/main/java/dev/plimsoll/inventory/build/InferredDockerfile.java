package dev.plimsoll.inventory.build;

import dev.plimsoll.image.Healthcheck;
import dev.plimsoll.image.ImageConfiguration;
import java.time.Duration;
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

    private void healthcheck(Healthcheck healthcheck) {
        var test = healthcheck.test();
        if (test.isEmpty() || test.getFirst().equals("NONE")) {
            add("HEALTHCHECK", "NONE");
            return;
        }
        var flags = healthcheck.times().map(InferredDockerfile::flags).orElse("");
        var words = test.subList(1, test.size());
        add(
                "HEALTHCHECK",
                flags + "CMD " + (test.getFirst().equals("CMD-SHELL") ? String.join(" ", words) : jsonList(words)));
    }

    /// As a Dockerfile gives them, each with a blank behind it; what is left to the engine is not given.
    private static String flags(Healthcheck.Times times) {
        return flag("interval", times.interval())
                + flag("timeout", times.timeout())
                + flag("start-period", times.startPeriod())
                + flag("start-interval", times.startInterval())
                + (times.retries() == 0 ? "" : "--retries=" + times.retries() + " ");
    }

    private static String flag(String name, Duration time) {
        if (time.isZero()) {
            return "";
        }
        var text = time.equals(Duration.ofSeconds(time.toSeconds())) ? time.toSeconds() + "s" : time.toNanos() + "ns";
        return "--" + name + "=" + text + " ";
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
