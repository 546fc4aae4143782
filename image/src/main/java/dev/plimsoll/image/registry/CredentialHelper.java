package dev.plimsoll.image.registry;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Asks a program `docker-credential-NAME` for a credential. It is run as it is, never through a shell.
///
/// Source: github.com/docker/docker-credential-helpers, "Development": the command `get` takes the registry on standard
/// input and prints JSON with ServerURL, Username and Secret.
///
/// @param name what follows `docker-credential-`
record CredentialHelper(String name, RegistryOptions options) {

    /// In bytes, of what a helper prints.
    static final int MAX_OUTPUT = 64 << 10;
    /// For one question; some ask the user's key ring.
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final String NONE = "credentials not found";
    private static final String TOKEN_USER = "<token>";

    /// A helper that did not do its work. The message holds nothing that it printed.
    static final class HelperException extends IOException {

        private static final long serialVersionUID = 1L;

        HelperException(String message) {
            super(message);
        }
    }

    /// @param server as the helper knows it
    /// @return the credential, empty where the helper has none
    /// @throws HelperException when it is not there, fails or takes too long
    Optional<Credential> get(String server) throws IOException {
        var process = start();
        try {
            var output = CompletableFuture.supplyAsync(
                    () -> read(process),
                    task -> Thread.ofPlatform()
                            .daemon()
                            .name("credential-helper")
                            .start(task));
            try (var in = process.getOutputStream()) {
                in.write(server.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // it may end without having read; its output decides
            }
            var printed = output.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (printed.length > MAX_OUTPUT) {
                throw failed("printed more than " + MAX_OUTPUT + " bytes");
            }
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            return process.exitValue() == 0 ? credential(printed) : none(printed, process.exitValue());
        } catch (TimeoutException _) {
            throw failed("did not answer within " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException _) {
            throw failed("printed nothing that can be read");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start() throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new HelperException("the name of the credential helper '" + name + "' is not allowed");
        }
        var program = program().orElseThrow(() -> failed("is not on the PATH"));
        var builder = new ProcessBuilder(program.toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        options.variables().forEach((name, value) -> {
            if (!name.startsWith("PLIMSOLL_")) { // one of them may hold another registry's password
                builder.environment().put(name, value);
            }
        });
        try {
            return builder.start();
        } catch (IOException _) {
            throw failed("cannot be run");
        }
    }

    private Optional<Path> program() {
        for (var folder : options.variable("PATH").orElse("").split(java.io.File.pathSeparator, -1)) {
            try {
                var program = Path.of(folder, "docker-credential-" + name);
                if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            } catch (InvalidPathException _) {
                // a folder that cannot be
            }
        }
        return Optional.empty();
    }

    private static byte[] read(Process process) {
        try (var out = process.getInputStream()) {
            return out.readNBytes(MAX_OUTPUT + 1);
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private Optional<Credential> credential(byte[] printed) throws HelperException {
        try {
            if (JsonReader.read(printed, JsonLimits.FOREIGN.withBytes(MAX_OUTPUT)) instanceof JsonObject object) {
                var user = object.string("Username").orElse("");
                var secret = object.string("Secret").map(Secret::of);
                if (secret.isPresent()) {
                    return Optional.of(
                            user.equals(TOKEN_USER)
                                    ? new Credential.IdentityToken(secret.get())
                                    : new Credential.Basic(user, secret.get()));
                }
            }
        } catch (JsonException _) {
            // told below, without what it printed
        }
        throw failed("printed no JSON with Username and Secret");
    }

    private Optional<Credential> none(byte[] printed, int exit) throws HelperException {
        if (new String(printed, StandardCharsets.UTF_8).contains(NONE)) {
            return Optional.empty();
        }
        throw failed("ended with exit code " + exit);
    }

    private HelperException failed(String words) {
        return new HelperException("the credential helper docker-credential-" + name + " " + words);
    }
}
