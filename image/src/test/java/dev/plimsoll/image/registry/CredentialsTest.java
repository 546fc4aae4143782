package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, docker.io, library/debian, true",
        "index.docker.io, docker.io, library/debian, true",
        "docker.io, docker.io, library/debian, true",
        "docker.io/library, docker.io, library/debian, true",
        "docker.io/other, docker.io, library/debian, false",
        "registry.example, registry.example, a/b, true",
        "REGISTRY.example, registry.example, a/b, true",
        "https://registry.example, registry.example, a/b, true",
        "http://registry.example/v2/, registry.example, a/b, true",
        "registry.example/a, registry.example, a/b, true",
        "registry.example/a/b, registry.example, a/b, true",
        "registry.example/a/b/c, registry.example, a/b, false",
        "registry.example/a, registry.example, ab, false",
        "registry.example, registry.example:5000, a, false",
        "registry.example:5000, registry.example:5000, a, true",
        "other.example, registry.example, a, false",
    })
    void aLoginIsForItsRegistryAndWhatLiesBeneathItsPath(String key, String registry, String repository, boolean found)
            throws IOException {
        docker("{\"auths\":{\"" + key + "\":{\"auth\":\"" + packed("user", "pass:word") + "\"}}}");

        assertThat(find(Asking.in(folder), registry, repository))
                .isEqualTo(found ? new Credential.Basic("user", Secret.of("pass:word")) : new Credential.Anonymous());
    }

    @Test
    void theLongestPathCounts() throws IOException {
        docker("""
                {"auths":{"r.example":{"auth":"%s"},"r.example/a/b":{"auth":"%s"},"r.example/a":{"auth":"%s"}}}
                """.formatted(packed("one", ""), packed("three", ""), packed("two", "")));

        assertThat(user("r.example", "a/b")).isEqualTo("three");
        assertThat(user("r.example", "a/c")).isEqualTo("two");
        assertThat(user("r.example", "b")).isEqualTo("one");
    }

    @Test
    void identityAndRegistryTokensGoBeforePasswords() throws IOException {
        docker("""
                {"auths":{"one.example":{"auth":"%s","identitytoken":"i"},"two.example":{"registrytoken":"r"}}}
                """.formatted(packed("user", "password")));

        assertThat(find(Asking.in(folder), "one.example", "a")).isEqualTo(new Credential.IdentityToken(Secret.of("i")));
        assertThat(find(Asking.in(folder), "two.example", "a")).isEqualTo(new Credential.RegistryToken(Secret.of("r")));
    }

    @Test
    void filesAreAskedInTheirOrder() throws IOException {
        var named = Files.writeString(folder.resolve("named.json"), login("r.example", "named"));
        var runtime = folder.resolve("run");
        write(runtime.resolve("containers/auth.json"), login("r.example", "runtime"));
        write(folder.resolve("home/.config/containers/auth.json"), login("r.example", "config"));
        assertThat(user(Asking.in(folder), "r.example")).isEqualTo("config");
        assertThat(user(Asking.in(folder).variable("XDG_RUNTIME_DIR", runtime.toString()), "r.example"))
                .isEqualTo("runtime");

        docker(login("r.example", "docker"));
        var asking = Asking.in(folder).variable("XDG_RUNTIME_DIR", runtime.toString());
        assertThat(user(asking, "r.example")).isEqualTo("docker");
        assertThat(user(asking.variable("REGISTRY_AUTH_FILE", named.toString()), "r.example"))
                .isEqualTo("named");
        assertThat(user(asking.as("given", "x"), "r.example")).isEqualTo("given");
    }

    @Test
    void dockersFolderCanLieElsewhere() throws IOException {
        docker(login("r.example", "home"));
        write(folder.resolve("other/config.json"), login("r.example", "other"));

        assertThat(user(
                        Asking.in(folder)
                                .variable(
                                        "DOCKER_CONFIG", folder.resolve("other").toString()),
                        "r.example"))
                .isEqualTo("other");
    }

    @Test
    void aFileThatSaysNothingOfARegistryIsPassedOver() throws IOException {
        docker(login("other.example", "other"));
        write(folder.resolve("home/.config/containers/auth.json"), login("r.example", "config"));

        assertThat(user(Asking.in(folder), "r.example")).isEqualTo("config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auths\":{\"r.example\":{\"auth\":\"c2VjcmV0\"}}}",
                "{\"auths\":{\"r.example\":",
                "[\"hidden\"]"
            })
    void aFileThatIsBrokenIsNamedAndNotQuoted(String text) throws IOException {
        docker(text);

        assertThatThrownBy(() -> find(Asking.in(folder), "r.example", "a"))
                .hasMessageStartingWith(
                        folder.resolve("home/.docker/config.json").toString())
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("c2VjcmV0")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void nothingShowsASecret() {
        var secret = Secret.of("hidden");

        assertThat(new Credential.Basic("user", secret).toString()
                        + new Credential.IdentityToken(secret)
                        + new Credential.RegistryToken(secret)
                        + Call.get(java.net.URI.create("http://r.example/")).with("Authorization", "hidden")
                        + Asking.in(folder)
                                .as("user", "hidden")
                                .variable("A", "hidden")
                                .options())
                .doesNotContain("hidden");
    }

    @Test
    void aHelperOfTheRegistryIsAskedForIt() throws IOException {
        docker("{\"credHelpers\":{\"r.example\":\"test\"},\"auths\":{\"r.example\":{\"auth\":\"" + packed("file", "")
                + "\"}}}");
        helper("test", """
                read server
                test "$1" = get || exit 3
                printf '{"ServerURL":"%s","Username":"of %s","Secret":"s"}' "$server" "$server"
                """);

        assertThat(find(asking(), "r.example", "a")).isEqualTo(new Credential.Basic("of r.example", Secret.of("s")));
        assertThat(find(asking(), "other.example", "a")).isEqualTo(new Credential.Anonymous());
    }

    @Test
    void aStoreIsAskedForEveryRegistry() throws IOException {
        docker("{\"credsStore\":\"test\",\"auths\":{\"https://index.docker.io/v1/\":{}}}");
        helper("test", """
                read server
                printf '{"Username":"<token>","Secret":"%s"}' "$server"
                """);

        assertThat(find(asking(), "docker.io", "library/debian"))
                .isEqualTo(new Credential.IdentityToken(Secret.of("https://index.docker.io/v1/")));
    }

    @Test
    void aHelperThatHasNothingLeavesTheFile() throws IOException {
        docker("{\"credsStore\":\"test\",\"auths\":{\"r.example\":{\"auth\":\"" + packed("file", "") + "\"}}}");
        helper("test", "echo 'credentials not found in native keychain'; exit 1");

        assertThat(user(asking(), "r.example")).isEqualTo("file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 7|ended with exit code 7",
                "echo hidden; exit 1|ended with exit code 1",
                "echo hidden|printed no JSON with Username and Secret",
                "printf '{\"Username\":\"hidden\"}'|printed no JSON with Username and Secret",
                "yes hidden|printed more than 65536 bytes",
            },
            quoteCharacter = '`')
    @Timeout(60)
    void aHelperThatFailsIsComplainedOfAndNotQuoted(String script, String words) throws IOException {
        docker("{\"credsStore\":\"test\"}");
        helper("test", script);

        var found = new Credentials(asking().options(), Optional.empty()).find("r.example", "a");

        assertThat(found.isAnonymous()).isTrue();
        assertThat(found.words()).contains("docker-credential-test " + words).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../test", "a b", "", "-x", "$(touch x)"})
    void aNameThatIsNoProgramsIsNotRun(String name) throws IOException {
        docker("{\"credHelpers\":{\"r.example\":\"" + name + "\"}}");

        assertThat(find(asking(), "r.example", "a")).isEqualTo(new Credential.Anonymous());
    }

    @Test
    void aHelperThatIsNotThereIsNamed() throws IOException {
        docker("{\"credsStore\":\"missing\"}");

        assertThat(new Credentials(asking().options(), Optional.empty())
                        .find("r.example", "a")
                        .words())
                .isEqualTo("no credentials were found for it; the credential helper docker-credential-missing is not on"
                        + " the PATH");
    }

    @Test
    void aHelperGetsNoPasswordOfOurs() throws IOException {
        docker("{\"credsStore\":\"test\"}");
        helper("test", "printf '{\"Username\":\"%s\",\"Secret\":\"s\"}' \"${PLIMSOLL_REGISTRY_PASSWORD-none}\"");

        assertThat(user(asking().variable("PLIMSOLL_REGISTRY_PASSWORD", "hidden"), "r.example"))
                .isEqualTo("none");
    }

    private Asking asking() {
        return Asking.in(folder).variable("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    }

    private void helper(String name, String script) throws IOException {
        var program = write(folder.resolve("bin/docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private void docker(String text) throws IOException {
        write(folder.resolve("home/.docker/config.json"), text);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String login(String registry, String user) {
        return "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + packed(user, "x") + "\"}}}";
    }

    private static String packed(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String user(String registry, String repository) throws IOException {
        return ((Credential.Basic) find(Asking.in(folder), registry, repository)).username();
    }

    private static String user(Asking asking, String registry) throws IOException {
        return ((Credential.Basic) find(asking, registry, "a")).username();
    }

    private static Credential find(Asking asking, String registry, String repository) throws IOException {
        var options = asking.options();
        return new Credentials(options, options.credential())
                .find(registry, repository)
                .credential();
    }
}
