package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server is meant. Every `remote` command has these options. A key is never one: others can
/// read a command line.
final class ConnectionArguments {

    /// The variable that holds a key, where no login is kept: in a CI.
    static final String KEY = "PLIMSOLL_REMOTE_KEY";

    @Option(
            names = "--remote-url",
            paramLabel = "URL",
            description =
                    "The server; default: the one of the last login. Its key is that of the login there, or the variable "
                            + KEY + ".")
    private @Nullable String url;

    @Option(
            names = {"--ca", "--remote-ca"},
            paramLabel = "FILE",
            description = "Trust the certificate authorities in this PEM file too.")
    private @Nullable String certificateAuthorities;

    @Option(
            names = {"--insecure", "--remote-insecure"},
            description = "Do not look at the server's certificate.")
    private boolean insecure;

    /// The server that the user means, with a key.
    ///
    /// @throws CommandException where none is known, or no key
    RemoteClient open(Environment environment) {
        var known = LogIns.read(environment);
        var named = Optional.ofNullable(url).or(known::current);
        var address = Server.address(named.orElseThrow(() -> CommandException.usage(
                "no server is known: log in with `plimsoll remote login URL`, or set the variables PLIMSOLL_REMOTE_URL and "
                        + KEY)));
        var login = known.of(address.toString());
        var key = environment
                .variable(KEY)
                .or(() -> login.map(LogIn::key))
                .orElseThrow(() -> CommandException.usage("there is no key for " + address
                        + ": log in with `plimsoll remote login " + address + "`, or set the variable " + KEY));
        return open(environment, address, key, login);
    }

    /// The server at an address.
    ///
    /// @param key empty where there is none yet
    RemoteClient open(Environment environment, URI address, String key, Optional<LogIn> login) {
        return new RemoteClient(new Server(
                address,
                key,
                authorities(environment)
                        .or(() -> login.flatMap(LogIn::certificateAuthorities).map(Path::of)),
                insecure || login.map(LogIn::insecure).orElse(false)));
    }

    /// Absolute, so that a login that keeps it holds in every folder.
    Optional<Path> authorities(Environment environment) {
        if (certificateAuthorities == null) {
            return Optional.empty();
        }
        var file = environment.resolve(certificateAuthorities).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            throw CommandException.usage("--ca: there is no file " + file);
        }
        return Optional.of(file);
    }

    boolean insecure() {
        return insecure;
    }

    /// The server that the user names, empty where none is named.
    Optional<String> url() {
        return Optional.ofNullable(url);
    }
}
