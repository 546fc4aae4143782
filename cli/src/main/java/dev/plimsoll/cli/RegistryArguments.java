package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.image.registry.Credential;
import dev.plimsoll.image.registry.RegistryOptions;
import dev.plimsoll.image.registry.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How registries are reached. Every command that asks one has these options.
final class RegistryArguments {

    /// In bytes; a password is a line.
    static final int MAX_PASSWORD = 64 << 10;

    private static final String PASSWORD_VARIABLE = "PLIMSOLL_REGISTRY_PASSWORD";

    @Option(
            names = "--registry-username",
            paramLabel = "NAME",
            description = "Log in to the registry of the image as this user, whatever the files of a login say.")
    private @Nullable String username;

    @Option(names = "--registry-password-stdin", description = "Read the password of that user from standard input.")
    private boolean passwordStdin;

    @Option(
            names = "--registry-password",
            paramLabel = "PASSWORD",
            description = "The password of that user. Others can read a command line: rather set the variable "
                    + PASSWORD_VARIABLE + ".")
    private @Nullable String password;

    @Option(
            names = "--registry-token",
            paramLabel = "TOKEN",
            description = "Show the registry this bearer token, in place of user and password.")
    private @Nullable String token;

    @Option(
            names = "--registry-ca",
            paramLabel = "FILE",
            description = "Trust the certificate authorities in this PEM file too.")
    private @Nullable String certificateAuthorities;

    @Option(
            names = "--insecure-http",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "HOST",
            description = "Ask this registry (host or host:port) without TLS; may be given several times.")
    private List<String> insecureHttp = List.of();

    @Option(
            names = "--insecure-skip-tls-verify",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "HOST",
            description = "Do not look at the certificate of this registry; may be given several times.")
    private List<String> unverifiedTls = List.of();

    /// What the user says of registries.
    ///
    /// @param timeout for all that is asked of them
    RegistryOptions options(Environment environment, Duration timeout) {
        return new RegistryOptions(
                credential(environment),
                authorities(environment),
                Set.copyOf(insecureHttp),
                Set.copyOf(unverifiedTls),
                timeout,
                "plimsoll/" + Version.text(),
                environment.variables());
    }

    private Optional<Path> authorities(Environment environment) {
        if (certificateAuthorities == null) {
            return Optional.empty();
        }
        var file = environment.resolve(certificateAuthorities);
        if (!Files.isRegularFile(file)) {
            throw CommandException.usage("--registry-ca: there is no file " + file);
        }
        return Optional.of(file);
    }

    private Optional<Credential> credential(Environment environment) {
        if (token != null) {
            if (username != null || password != null || passwordStdin) {
                throw CommandException.usage("--registry-token stands in place of user and password; give one of them");
            }
            return Optional.of(new Credential.RegistryToken(Secret.of(token)));
        }
        if (username == null) {
            if (password != null || passwordStdin) {
                throw CommandException.usage("there is a password for the registry, but no --registry-username");
            }
            return Optional.empty();
        }
        return Optional.of(new Credential.Basic(username, Secret.of(password(environment))));
    }

    private String password(Environment environment) {
        if (passwordStdin) {
            return passwordOfStandardInput(environment);
        }
        if (password == null) {
            throw CommandException.usage("there is a --registry-username, but no password: set the variable "
                    + PASSWORD_VARIABLE + ", or pipe it in with --registry-password-stdin");
        }
        if (!environment.variable(PASSWORD_VARIABLE).equals(Optional.of(password))) {
            environment
                    .err()
                    .println("plimsoll: note: others may be able to read a password on a command line or in a file;"
                            + " rather set the variable " + PASSWORD_VARIABLE
                            + ", or pipe it in with --registry-password-stdin");
        }
        return password;
    }

    private static String passwordOfStandardInput(Environment environment) {
        try {
            var bytes = environment.in().readNBytes(MAX_PASSWORD + 1);
            if (bytes.length > MAX_PASSWORD) {
                throw CommandException.usage("--registry-password-stdin: more than " + MAX_PASSWORD + " bytes came");
            }
            var text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
            if (text.isEmpty()) {
                throw CommandException.usage("--registry-password-stdin: nothing came on standard input");
            }
            return text;
        } catch (IOException e) {
            throw CommandException.usage("--registry-password-stdin: " + Failures.reason(e));
        }
    }
}
