package dev.plimsoll.policy.path;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageConfiguration.HistoryEntry;
import dev.plimsoll.policy.ImageChange;
import dev.plimsoll.policy.ImageChange.AddInstruction;
import dev.plimsoll.policy.ImageChange.ClosePort;
import dev.plimsoll.policy.ImageChange.RemoveInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Changes what an image's configuration says, as a build with other instructions would.
final class ChangedConfiguration {

    private String user;
    private final List<String> ports;
    private final List<String> environment;
    private final Map<String, String> labels;
    private Optional<List<String>> healthcheck;
    private final List<HistoryEntry> history;

    private ChangedConfiguration(ImageConfiguration original) {
        this.user = original.user();
        this.ports = new ArrayList<>(original.exposedPorts());
        this.environment = new ArrayList<>(original.environment());
        this.labels = new TreeMap<>(original.labels());
        this.healthcheck = original.healthcheck();
        this.history = new ArrayList<>(original.history());
    }

    static ImageConfiguration of(ImageConfiguration original, List<ImageChange> changes) {
        var changed = new ChangedConfiguration(original);
        for (var change : changes) {
            switch (change) {
                case AddInstruction(var keyword, var arguments) -> changed.add(keyword, arguments);
                case RemoveInstruction removed -> changed.remove(removed.keyword(), removed.arguments());
                case ClosePort(var port) -> changed.ports.removeIf(token -> ChangedDockerfile.isSame(token, port));
                case ImageChange.UpgradePackage _,
                        ImageChange.RemovePackage _,
                        ImageChange.RemoveFile _,
                        ImageChange.ClearModeBits _ -> {}
            }
        }
        return new ImageConfiguration(
                original.os(),
                original.architecture(),
                original.variant(),
                original.created(),
                original.author(),
                changed.user,
                changed.ports,
                changed.environment,
                original.entrypoint(),
                original.command(),
                original.workingDirectory(),
                original.volumes(),
                changed.labels,
                original.stopSignal(),
                original.shell(),
                original.onBuild(),
                changed.healthcheck,
                changed.history,
                original.diffIds());
    }

    private void add(String keyword, String arguments) {
        switch (keyword) {
            case "USER" -> user = arguments;
            case "HEALTHCHECK" -> healthcheck = Optional.of(List.of("CMD-SHELL", arguments));
            case "LABEL" -> {
                int equals = arguments.indexOf('=');
                labels.put(
                        equals < 0 ? arguments : arguments.substring(0, equals),
                        equals < 0 ? "" : arguments.substring(equals + 1));
            }
            default -> history.add(new HistoryEntry("", keyword + " " + arguments, "", true));
        }
    }

    private void remove(String keyword, String arguments) {
        switch (keyword) {
            case "USER" -> user = "";
            case "HEALTHCHECK" -> healthcheck = Optional.empty();
            case "EXPOSE" -> ports.removeIf(token -> ChangedDockerfile.isSame(token, arguments));
            case "ENV" -> environment.removeIf(entry -> entry.equals(arguments) || entry.startsWith(arguments + "="));
            case "LABEL" -> labels.keySet().removeIf(key -> (key + "=" + labels.get(key)).equals(arguments));
            default -> {}
        }
        history.removeIf(entry ->
                entry.createdBy().contains(keyword + " ") && entry.createdBy().contains(arguments));
    }
}
