package dev.plimsoll.image;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an image's configuration says, as facts. Texts stand as they do in the configuration.
///
/// Source: OCI Image Specification, "Image Configuration"; Docker Image Specification v1.2 for `Healthcheck`,
/// `Shell`, `OnBuild`, `ArgsEscaped` and `author`.
///
/// @param created RFC 3339 text, empty where it is missing
/// @param author empty where it is missing
/// @param user empty where it is missing, which means root
/// @param exposedPorts as they stand, `8080/tcp`, sorted
/// @param environment as it stands, in order; an entry may lack its `=`
/// @param labels sorted by key
/// @param argsEscaped whether the command is one line that Windows takes apart; empty where that is not known
/// @param healthcheck empty where there is none
/// @param history oldest first; entries of empty layers included
/// @param diffIds oldest layer first
public record ImageConfiguration(
        String os,
        String architecture,
        String variant,
        String created,
        String author,
        String user,
        List<String> exposedPorts,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String workingDirectory,
        List<String> volumes,
        Map<String, String> labels,
        String stopSignal,
        List<String> shell,
        List<String> onBuild,
        Optional<Boolean> argsEscaped,
        Optional<Healthcheck> healthcheck,
        List<HistoryEntry> history,
        List<Digest> diffIds) {

    public ImageConfiguration {
        exposedPorts = exposedPorts.stream().sorted().toList();
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        volumes = volumes.stream().sorted().toList();
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        shell = List.copyOf(shell);
        onBuild = List.copyOf(onBuild);
        history = List.copyOf(history);
        diffIds = List.copyOf(diffIds);
    }

    /// Without `argsEscaped`, and of the healthcheck its test alone.
    public ImageConfiguration(
            String os,
            String architecture,
            String variant,
            String created,
            String author,
            String user,
            List<String> exposedPorts,
            List<String> environment,
            List<String> entrypoint,
            List<String> command,
            String workingDirectory,
            List<String> volumes,
            Map<String, String> labels,
            String stopSignal,
            List<String> shell,
            List<String> onBuild,
            Optional<List<String>> healthcheck,
            List<HistoryEntry> history,
            List<Digest> diffIds) {
        this(
                os,
                architecture,
                variant,
                created,
                author,
                user,
                exposedPorts,
                environment,
                entrypoint,
                command,
                workingDirectory,
                volumes,
                labels,
                stopSignal,
                shell,
                onBuild,
                Optional.empty(),
                healthcheck.map(Healthcheck::ofTest),
                history,
                diffIds);
    }

    /// One step of the build.
    ///
    /// @param createdBy the command, as the builder wrote it
    /// @param emptyLayer whether the step brought no layer
    public record HistoryEntry(String created, String createdBy, String comment, boolean emptyLayer) {}
}
