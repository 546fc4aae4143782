package dev.plimsoll.image.daemon;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.daemon.Endpoint.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Finds the daemon that is meant.
public enum Daemons {
    DOCKER,
    PODMAN;

    /// The first daemon that answers.
    ///
    /// @throws ImageException when none does: with what was tried, what came of each, and what to do
    public DaemonClient connect(DaemonSettings settings, DaemonLimits limits) throws ImageException {
        List<Attempt> attempts = new ArrayList<>();
        for (var place : places(settings)) {
            try {
                return DaemonClient.connect(place, limits);
            } catch (ImageException e) {
                throw e;
            } catch (IOException e) {
                attempts.add(new Attempt(place, DaemonFailure.of(e)));
            }
        }
        throw new ImageException(Kind.NOT_FOUND, nobody(attempts));
    }

    /// Whether a daemon has the image, for a question in passing: waits two seconds at most, is never an error,
    /// and asks nobody where there is no socket.
    public boolean has(String name, DaemonSettings settings) {
        try {
            for (var place : places(settings)) {
                if (place instanceof UnixSocket(var path) && !Files.exists(path)) {
                    continue;
                }
                try {
                    return DaemonClient.has(name, place, DaemonLimits.QUICK);
                } catch (ImageException _) {
                    return false;
                } catch (IOException _) {
                    // the next place may answer
                }
            }
        } catch (ImageException _) {
            // a setting that cannot be read: who names a daemon explicitly is told
        }
        return false;
    }

    private List<Endpoint> places(DaemonSettings settings) throws ImageException {
        return switch (this) {
            case DOCKER -> DaemonPlaces.docker(settings);
            case PODMAN -> DaemonPlaces.podman(settings);
        };
    }

    private String nobody(List<Attempt> attempts) {
        var tried = attempts.stream()
                .map(attempt -> attempt.place() + " " + attempt.failure().reason())
                .collect(Collectors.joining("; "));
        var denied = attempts.stream().anyMatch(attempt -> attempt.failure().kind() == DaemonFailure.Kind.DENIED);
        return switch (this) {
            case DOCKER ->
                "no docker daemon answers: " + tried + ". "
                        + (denied
                                ? "Add the user to the group of the socket (mostly docker), or use sudo"
                                : "Start it, or name its place: --docker-host unix:///path/of/the.sock, DOCKER_HOST");
            case PODMAN ->
                "no podman service answers: " + tried + ". "
                        + (denied
                                ? "Use the user's own service (systemctl --user start podman.socket), or sudo"
                                : "Start it (systemctl --user start podman.socket), name its place (CONTAINER_HOST),"
                                        + " or read its storage: containers-storage:NAME");
        };
    }

    private record Attempt(Endpoint place, DaemonFailure failure) {}
}
