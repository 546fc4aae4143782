package dev.plimsoll.image.source;

import dev.plimsoll.image.registry.RegistryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the sources of images take from the world around them.
///
/// @param folder against which relative paths are meant
/// @param options which image is meant, and how much of it is read at most
/// @param imageName which of several images in one archive or layout; empty where the place itself says it or holds one
/// @param from the places that a word without scheme is looked for in, in order; empty for the usual ones
/// @param environment variables, by name
/// @param in what `-` stands for
/// @param temporaryFolder where an archive lies that comes as one stream
/// @param timeout for what must be done before layers are read
/// @param progress told in a few words what is being done
/// @param registries how they are reached, as far as the user says it; environment and timeout are those from above
public record SourceContext(
        Path folder,
        OpenOptions options,
        Optional<String> imageName,
        List<String> from,
        Map<String, String> environment,
        InputStream in,
        Path temporaryFolder,
        Duration timeout,
        Consumer<String> progress,
        RegistryOptions registries) {

    /// A context that knows nothing but the working folder: no environment, nothing on standard input.
    public static SourceContext of(OpenOptions options) {
        return new SourceContext(
                Path.of(""),
                options,
                Optional.empty(),
                List.of(),
                Map.of(),
                InputStream.nullInputStream(),
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                Duration.ofMinutes(30),
                _ -> {},
                RegistryOptions.DEFAULTS);
    }

    /// The same with a folder against which relative paths are meant.
    public SourceContext withFolder(Path other) {
        return new SourceContext(
                other, options, imageName, from, environment, in, temporaryFolder, timeout, progress, registries);
    }

    /// The same with other variables.
    public SourceContext withEnvironment(Map<String, String> other) {
        return new SourceContext(
                folder, options, imageName, from, other, in, temporaryFolder, timeout, progress, registries);
    }

    /// The user's folder.
    Path home() {
        return Path.of(variable("HOME").orElse(System.getProperty("user.home", "/")));
    }

    /// A variable that is set and not empty.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// Puts a stream into a temporary file, unpacked where it is packed.
    Spool spool(InputStream stream, String where) throws IOException {
        progress.accept("reading " + where);
        return Spool.of(stream, where, this);
    }
}
