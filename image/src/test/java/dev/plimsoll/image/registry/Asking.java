package dev.plimsoll.image.registry;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds a client in a world of its own: an empty home, no waiting, and names that lead where the test says.
final class Asking {

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, InetAddress> names = new HashMap<>();
    private final Path folder;
    private Optional<Credential> credential = Optional.empty();
    private Optional<Path> authorities = Optional.empty();
    private Set<String> insecureHttp = Set.of();
    private Set<String> unverified = Set.of();
    private Duration timeout = Duration.ofSeconds(60);
    private Machine.Pace pace = Machine.Pace.DEFAULT;
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Asking(Path folder) {
        this.folder = folder;
        variables.put("HOME", folder.resolve("home").toString());
    }

    /// @param folder empty; `home` and `etc` in it are the client's
    static Asking in(Path folder) {
        return new Asking(folder);
    }

    Asking variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Asking as(String user, String password) {
        credential = Optional.of(new Credential.Basic(user, Secret.of(password)));
        return this;
    }

    Asking as(Credential given) {
        credential = Optional.of(given);
        return this;
    }

    Asking trusting(Path file) {
        authorities = Optional.of(file);
        return this;
    }

    Asking insecureHttp(String registry) {
        insecureHttp = Set.of(registry);
        return this;
    }

    Asking unverified(String registry) {
        unverified = Set.of(registry);
        return this;
    }

    Asking within(Duration time) {
        timeout = time;
        return this;
    }

    /// The slowest body that is waited for.
    Asking pace(Duration window, long bytesPerSecond) {
        pace = new Machine.Pace(window, bytesPerSecond, Duration.ofSeconds(5), Duration.ofSeconds(5));
        return this;
    }

    Asking answerWithin(Duration time) {
        pace = new Machine.Pace(pace.window(), pace.bytesPerSecond(), time, time);
        return this;
    }

    /// What the client believes of a name; connections go where they would.
    Asking believing(String host, String address) {
        names.put(host, InetAddress.ofLiteral(address));
        return this;
    }

    RegistryOptions options() {
        return new RegistryOptions(
                credential, authorities, insecureHttp, unverified, timeout, "plimsoll/test", variables);
    }

    Machine machine() {
        return new Machine(
                new InstantSource() {
                    @Override
                    public Instant instant() {
                        return now;
                    }
                },
                pauses::add,
                host -> names.containsKey(host) ? List.of(names.get(host)) : List.of(InetAddress.getAllByName(host)),
                folder.resolve("etc"),
                pace);
    }

    RegistryClient client() {
        return new RegistryClient(options(), machine());
    }
}
