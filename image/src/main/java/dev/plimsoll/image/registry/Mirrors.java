package dev.plimsoll.image.registry;

import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlTable;

/// Where images of a registry are fetched instead: the `[[registry]]` tables of registries.conf.
///
/// Read are the file of CONTAINERS_REGISTRIES_CONF alone, or `registries.conf` and the files `*.conf` of
/// `registries.conf.d` in `~/.config/containers`, or, where that has no `registries.conf`, those in `/etc/containers`
/// and
/// then the user's folder; of tables with the same prefix the last counts. `unqualified-search-registries` and the
/// short-name aliases are not used ({@link Reference}). Files of the older version 1 have no such tables.
///
/// Source: containers-registries.conf(5), version 2; containers-registries.conf.d(5).
final class Mirrors {

    /// In bytes, of one file.
    static final int MAX_BYTES = 1 << 20;
    /// Of one folder.
    static final int MAX_FILES = 100;
    /// Of one registry.
    static final int MAX_MIRRORS = 20;

    /// Most files hold only comments and aliases: the reader of TOML, which takes a tenth of a second to begin, is
    /// spared then.
    private static final Pattern HAS_TABLES = Pattern.compile("^\\s*\\[\\[\\s*[\"']?registry", Pattern.MULTILINE);

    private final Map<String, Table> tables;

    private Mirrors(Map<String, Table> tables) {
        this.tables = tables;
    }

    /// One `[[registry]]`.
    private record Table(Path file, String prefix, Place primary, boolean blocked, List<Place> mirrors) {}

    /// @param location what the prefix is replaced with, empty to leave the name as it is
    private record Place(String location, boolean insecure, Pulls pulls) {}

    private enum Pulls {
        ALL,
        DIGEST_ONLY,
        TAG_ONLY
    }

    /// @throws IOException when a file is there and cannot be read or understood
    static Mirrors load(RegistryOptions options, Machine machine) throws IOException {
        Map<String, Table> tables = new TreeMap<>();
        for (var file : files(options, machine)) {
            read(file, tables);
        }
        return new Mirrors(tables);
    }

    private static List<Path> files(RegistryOptions options, Machine machine) throws IOException {
        var named = options.variable("CONTAINERS_REGISTRIES_CONF").map(Path::of);
        if (named.isPresent()) {
            if (!Files.isRegularFile(named.get())) {
                throw Failure.unusable("CONTAINERS_REGISTRIES_CONF: there is no file " + named.get());
            }
            return List.of(named.get());
        }
        List<Path> files = new ArrayList<>();
        var system = machine.etc().resolve("containers");
        var user = options.containersConfiguration();
        if (!Files.isRegularFile(user.resolve("registries.conf"))) {
            files.addAll(filesOf(system));
        }
        files.addAll(filesOf(user));
        return files;
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        var main = folder.resolve("registries.conf");
        if (Files.isRegularFile(main)) {
            files.add(main);
        }
        var more = folder.resolve("registries.conf.d");
        if (Files.isDirectory(more)) {
            try (var listed = Files.list(more)) {
                listed.filter(file -> file.toString().endsWith(".conf") && Files.isRegularFile(file))
                        .sorted()
                        .limit(MAX_FILES)
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static void read(Path file, Map<String, Table> into) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw Failure.unreadable(file + ": is longer than " + MAX_BYTES + " bytes");
        }
        var text = Files.readString(file);
        if (!HAS_TABLES.matcher(text).find()) {
            return;
        }
        var toml = Toml.parse(text);
        if (toml.hasErrors()) {
            throw Failure.unreadable(file + ": is not TOML: " + toml.errors().getFirst());
        }
        var registries = toml.get("registry") instanceof org.tomlj.TomlArray array ? array : null;
        for (var i = 0; registries != null && i < registries.size(); i++) {
            if (registries.get(i) instanceof TomlTable table) {
                var read = table(file, table);
                into.put(read.prefix(), read);
            }
        }
    }

    private static Table table(Path file, TomlTable table) throws ImageException {
        var location = string(table, "location");
        var prefix = string(table, "prefix").isEmpty() ? location : string(table, "prefix");
        if (prefix.isEmpty()) {
            throw Failure.unreadable(file + ": a [[registry]] has neither prefix nor location");
        }
        if (location.isEmpty() && !prefix.startsWith("*.")) {
            throw Failure.unreadable(file + ": the [[registry]] with prefix \"" + prefix + "\" has no location");
        }
        var digestOnly = flag(table, "mirror-by-digest-only");
        List<Place> mirrors = new ArrayList<>();
        var listed = table.get("mirror") instanceof org.tomlj.TomlArray array ? array : null;
        for (var i = 0; listed != null && i < listed.size(); i++) {
            if (listed.get(i) instanceof TomlTable mirror) {
                if (mirrors.size() == MAX_MIRRORS) {
                    throw Failure.unreadable(file + ": \"" + prefix + "\" has more than " + MAX_MIRRORS + " mirrors");
                }
                mirrors.add(mirror(file, prefix, mirror, digestOnly));
            }
        }
        return new Table(
                file,
                prefix,
                new Place(location, flag(table, "insecure"), Pulls.ALL),
                flag(table, "blocked"),
                List.copyOf(mirrors));
    }

    private static Place mirror(Path file, String prefix, TomlTable mirror, boolean digestOnly) throws ImageException {
        var location = string(mirror, "location");
        if (location.isEmpty()) {
            throw Failure.unreadable(file + ": a mirror of \"" + prefix + "\" has no location");
        }
        var pulls = switch (string(mirror, "pull-from-mirror")) {
            case "", "all" -> digestOnly ? Pulls.DIGEST_ONLY : Pulls.ALL;
            case "digest-only" -> Pulls.DIGEST_ONLY;
            case "tag-only" -> Pulls.TAG_ONLY;
            default ->
                throw Failure.unreadable(file + ": a mirror of \"" + prefix
                        + "\" has another pull-from-mirror than all, digest-only and tag-only");
        };
        return new Place(location, flag(mirror, "insecure"), pulls);
    }

    private static String string(TomlTable table, String key) {
        return table.get(key) instanceof String text ? text.replaceAll("/+$", "") : "";
    }

    private static boolean flag(TomlTable table, String key) {
        return Boolean.TRUE.equals(table.get(key));
    }

    /// Where an image is to be fetched, in the order of trial; the registry itself, or what stands for it, is last.
    ///
    /// @throws IOException when it is blocked
    List<Source> sources(Reference reference) throws IOException {
        var table = table(reference);
        if (table.isEmpty()) {
            return List.of(new Source(reference, false, false));
        }
        var chosen = table.get();
        if (chosen.blocked) {
            throw Failure.unusable(reference + ": images of " + chosen.prefix + " are blocked by " + chosen.file);
        }
        List<Source> sources = new ArrayList<>();
        for (var mirror : chosen.mirrors) {
            var fits = switch (mirror.pulls) {
                case ALL -> true;
                case DIGEST_ONLY -> reference.digest().isPresent();
                case TAG_ONLY -> reference.digest().isEmpty();
            };
            if (fits) {
                sources.add(new Source(moved(chosen, mirror, reference), mirror.insecure, true));
            }
        }
        sources.add(new Source(moved(chosen, chosen.primary, reference), chosen.primary.insecure, false));
        return sources;
    }

    private Optional<Table> table(Reference reference) {
        Table best = null;
        for (var table : tables.values()) {
            if (fits(table.prefix, reference) && (best == null || table.prefix.length() > best.prefix.length())) {
                best = table;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean fits(String prefix, Reference reference) {
        if (prefix.startsWith("*.")) {
            return Endpoint.host(reference.registry()).endsWith(prefix.substring(1));
        }
        var text = reference.toString();
        return text.startsWith(prefix)
                && (text.length() == prefix.length() || "/:@".indexOf(text.charAt(prefix.length())) >= 0);
    }

    private static Reference moved(Table table, Place place, Reference reference) throws ImageException {
        if (place.location.isEmpty()) {
            return reference;
        }
        var text = reference.toString();
        var replaced = table.prefix.startsWith("*.") ? reference.registry() : table.prefix;
        try {
            var moved = Reference.parse(place.location + text.substring(replaced.length()));
            // a place without dot, port or slash would read as a path of Docker Hub
            if (place.location.startsWith(moved.registry())) {
                return moved;
            }
        } catch (ImageException _) {
            // told below
        }
        throw Failure.unreadable(
                table.file + ": \"" + place.location + "\" is no place for images of \"" + table.prefix + "\"");
    }
}
