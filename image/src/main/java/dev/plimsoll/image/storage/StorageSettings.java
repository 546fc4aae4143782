package dev.plimsoll.image.storage;

import dev.plimsoll.image.ImageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the user's storage is.
///
/// Source: containers-storage.conf(5).
///
/// @param environment variables
/// @param home the user's folder
/// @param root whether the user is root
public record StorageSettings(Map<String, String> environment, Path home, boolean root) {

    /// What the configuration may write into a path.
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?");

    public StorageSettings {
        environment = Map.copyOf(environment);
    }

    /// The folders that hold images, in the order in which they are asked: the user's own, the additional ones of
    /// the configuration, and for somebody who is not root the system's. Most of them need not exist.
    ///
    /// @throws ImageException when a configuration is named that cannot be read
    public List<Path> graphRoots() throws ImageException {
        List<Path> roots = new ArrayList<>();
        var file = configuration();
        if (file.isEmpty()) {
            roots.add(ownDefault());
        } else {
            var values = StorageFile.read(file.get());
            var own = root
                    ? values.string("storage.graphroot")
                    : values.string("storage.rootless_storage_path").or(() -> ofUser(file.get(), values));
            roots.add(own.flatMap(this::path).orElse(ownDefault()));
            for (var additional : values.list("storage.options.additionalimagestores")) {
                path(additional).ifPresent(roots::add);
            }
        }
        if (!root) {
            roots.add(systems());
        }
        return roots.stream().distinct().toList();
    }

    /// A rootless user's graph root counts only where the file is the user's own: the system's is root's.
    private static Optional<String> ofUser(Path file, StorageFile values) {
        return file.startsWith("/etc") || file.startsWith("/usr")
                ? Optional.empty()
                : values.string("storage.graphroot");
    }

    private Optional<Path> configuration() {
        var named = variable("CONTAINERS_STORAGE_CONF").map(Path::of);
        if (named.isPresent()) {
            return named;
        }
        List<Path> usual = new ArrayList<>();
        if (!root) {
            usual.add(variable("XDG_CONFIG_HOME")
                    .map(Path::of)
                    .orElse(home.resolve(".config"))
                    .resolve("containers/storage.conf"));
        }
        usual.add(Path.of("/etc/containers/storage.conf"));
        usual.add(Path.of("/usr/share/containers/storage.conf"));
        return usual.stream().filter(Files::isReadable).findFirst();
    }

    private Path ownDefault() {
        return root
                ? systems()
                : variable("XDG_DATA_HOME")
                        .map(Path::of)
                        .orElse(home.resolve(".local/share"))
                        .resolve("containers/storage");
    }

    private static Path systems() {
        return Path.of("/var/lib/containers/storage");
    }

    private Optional<Path> path(String text) {
        var expanded = VARIABLE.matcher(text)
                .replaceAll(match -> match.group(1).equals("HOME")
                        ? java.util.regex.Matcher.quoteReplacement(home.toString())
                        : java.util.regex.Matcher.quoteReplacement(environment.getOrDefault(match.group(1), "")));
        return expanded.startsWith("/") ? Optional.of(Path.of(expanded)) : Optional.empty();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
