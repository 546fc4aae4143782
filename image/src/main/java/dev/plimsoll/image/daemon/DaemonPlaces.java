package dev.plimsoll.image.daemon;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.daemon.Endpoint.UnixSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where engines listen: what the user set, else the places where they listen by themselves.
///
/// Source: Docker documentation, "docker CLI environment variables", "Docker contexts", "Rootless mode";
/// podman(1), podman-system-service(1).
final class DaemonPlaces {

    private DaemonPlaces() {}

    /// DOCKER_HOST, the context of DOCKER_CONTEXT, or that of docker's configuration: the first that is there
    /// counts alone. Else the sockets of an engine of the system's, of a rootless one, and of Docker Desktop.
    static List<Endpoint> docker(DaemonSettings settings) throws ImageException {
        var host = settings.variable("DOCKER_HOST");
        if (host.isPresent()) {
            return List.of(Endpoint.parse(host.get(), "--docker-host or DOCKER_HOST", tls(settings)));
        }
        var context = new DockerContexts(settings).current();
        if (context.isPresent()) {
            return List.of(context.get());
        }
        List<Endpoint> places = new ArrayList<>();
        places.add(new UnixSocket(Path.of("/var/run/docker.sock")));
        inRuntimeFolder(settings, "docker.sock").ifPresent(places::add);
        places.add(new UnixSocket(settings.home().resolve(".docker/run/docker.sock")));
        places.add(new UnixSocket(settings.home().resolve(".docker/desktop/docker.sock")));
        return places;
    }

    /// CONTAINER_HOST alone where it is set, else the sockets of the user's Podman and of the system's.
    static List<Endpoint> podman(DaemonSettings settings) throws ImageException {
        var host = settings.variable("CONTAINER_HOST");
        if (host.isPresent()) {
            return List.of(Endpoint.parse(host.get(), "CONTAINER_HOST", Optional.empty()));
        }
        List<Endpoint> places = new ArrayList<>();
        inRuntimeFolder(settings, "podman/podman.sock").ifPresent(places::add);
        places.add(new UnixSocket(Path.of("/run/podman/podman.sock")));
        return places;
    }

    private static Optional<Endpoint> inRuntimeFolder(DaemonSettings settings, String name) {
        return settings.variable("XDG_RUNTIME_DIR")
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> new UnixSocket(Path.of(folder).resolve(name)));
    }

    /// TLS is asked for by any of docker's three variables. Only DOCKER_TLS without DOCKER_TLS_VERIFY trusts
    /// anybody.
    private static Optional<TlsFiles> tls(DaemonSettings settings) {
        var verify = settings.variable("DOCKER_TLS_VERIFY").isPresent();
        var unverified = settings.variable("DOCKER_TLS").isPresent();
        var folder = settings.variable("DOCKER_CERT_PATH");
        return verify || unverified || folder.isPresent()
                ? Optional.of(new TlsFiles(
                        folder.map(Path::of).orElse(DockerContexts.configuration(settings)), verify || !unverified))
                : Optional.empty();
    }
}
