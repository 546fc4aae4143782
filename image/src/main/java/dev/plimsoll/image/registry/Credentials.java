package dev.plimsoll.image.registry;

import dev.plimsoll.image.registry.CredentialHelper.HelperException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds what to prove oneself with. The first that has something for the registry counts:
///
/// 1. what the user gave with the command or its environment, for the registry that he named;
/// 2. the file of REGISTRY_AUTH_FILE;
/// 3. `config.json` in the folder of DOCKER_CONFIG, by default `~/.docker`;
/// 4. `${XDG_RUNTIME_DIR}/containers/auth.json`, then `${XDG_CONFIG_HOME}/containers/auth.json`, by default in
///    `~/.config`, as Podman keeps them.
///
/// In each file a credential helper goes before what the file holds itself. Nothing is read or run before a registry
/// asks for it.
///
/// @param given by the user for this registry
record Credentials(RegistryOptions options, Optional<Credential> given) {

    /// @param from says where it was found, for messages
    /// @param complaints of helpers that did not do their work
    record Found(Credential credential, String from, List<String> complaints) {

        Found {
            complaints = List.copyOf(complaints);
        }

        boolean isAnonymous() {
            return credential instanceof Credential.Anonymous;
        }

        /// For the end of a message about a refusal.
        String words() {
            return (isAnonymous() ? "no credentials were found for it" : "asked with the credentials of " + from)
                    + (complaints.isEmpty() ? "" : "; " + String.join("; ", complaints));
        }
    }

    /// @throws IOException when a file that may have something cannot be read
    Found find(String registry, String repository) throws IOException {
        if (given.isPresent()) {
            return new Found(given.get(), "the command", List.of());
        }
        var host = registry.toLowerCase(Locale.ROOT);
        List<String> complaints = new ArrayList<>();
        for (var path : files()) {
            var file = CredentialFile.read(path);
            if (file.isEmpty()) {
                continue;
            }
            var credential = helped(file.get(), host, repository, complaints);
            if (credential.isEmpty()) {
                credential = file.get().credential(host, repository);
            }
            if (credential.isPresent()) {
                return new Found(credential.get(), path.toString(), complaints);
            }
        }
        return new Found(new Credential.Anonymous(), "nobody", complaints);
    }

    /// A helper that is broken must not keep anybody from a public image: it is complained of when the registry
    /// refuses.
    private Optional<Credential> helped(
            CredentialFile file, String registry, String repository, List<String> complaints) throws IOException {
        var helper = file.helper(registry, repository);
        if (helper.isEmpty()) {
            return Optional.empty();
        }
        try {
            return new CredentialHelper(helper.get(), options).get(CredentialFile.server(registry));
        } catch (HelperException e) {
            complaints.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private LinkedHashSet<Path> files() {
        var files = new LinkedHashSet<Path>();
        options.variable("REGISTRY_AUTH_FILE").map(Path::of).ifPresent(files::add);
        files.add(options.variable("DOCKER_CONFIG")
                .map(Path::of)
                .orElseGet(() -> options.home().resolve(".docker"))
                .resolve("config.json"));
        options.variable("XDG_RUNTIME_DIR")
                .map(folder -> Path.of(folder, "containers", "auth.json"))
                .ifPresent(files::add);
        files.add(options.containersConfiguration().resolve("auth.json"));
        return files;
    }
}
