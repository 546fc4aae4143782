package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorsTest {

    private static final String DIGEST = "@sha256:" + "0f".repeat(32);

    @TempDir
    Path folder;

    @Test
    void withoutAFileTheRegistryItselfIsAsked() throws Exception {
        assertThat(sources("registry.example/a:1")).containsExactly("registry.example/a:1");
    }

    @Test
    void mirrorsComeFirstAndTheLocationLast() throws Exception {
        user("""
                [[registry]]
                prefix = "example.com/foo"
                location = "internal.example/bar"
                [[registry.mirror]]
                location = "mirror-0.example/for-foo"
                [[registry.mirror]]
                location = "mirror-1.example/mirrors/foo"
                insecure = true
                """);

        assertThat(sources("example.com/foo/image:1"))
                .containsExactly(
                        "mirror-0.example/for-foo/image:1",
                        "mirror-1.example/mirrors/foo/image:1 insecure",
                        "internal.example/bar/image:1");
        assertThat(sources("example.com/food/image:1")).containsExactly("example.com/food/image:1");
    }

    @Test
    void theLongestPrefixCounts() throws Exception {
        user("""
                [[registry]]
                location = "example.com"
                insecure = true
                [[registry]]
                prefix = "example.com/a"
                location = "other.example/a"
                """);

        assertThat(sources("example.com/a/b:1")).containsExactly("other.example/a/b:1");
        assertThat(sources("example.com/b:1")).containsExactly("example.com/b:1 insecure");
    }

    @Test
    void dockerHubHasAMirrorByItsOwnName() throws Exception {
        user("""
                [[registry]]
                location = "docker.io"
                [[registry.mirror]]
                location = "mirror.example/hub"
                """);

        assertThat(sources("debian"))
                .containsExactly("mirror.example/hub/library/debian:latest", "docker.io/library/debian:latest");
    }

    @Test
    void someMirrorsAreForDigestsOrForTagsOnly() throws Exception {
        user("""
                [[registry]]
                location = "example.com"
                [[registry.mirror]]
                location = "digests.example"
                pull-from-mirror = "digest-only"
                [[registry.mirror]]
                location = "tags.example"
                pull-from-mirror = "tag-only"
                [[registry]]
                location = "strict.example"
                mirror-by-digest-only = true
                [[registry.mirror]]
                location = "mirror.example"
                """);

        assertThat(sources("example.com/a:1")).containsExactly("tags.example/a:1", "example.com/a:1");
        assertThat(sources("example.com/a" + DIGEST))
                .containsExactly("digests.example/a" + DIGEST, "example.com/a" + DIGEST);
        assertThat(sources("strict.example/a:1")).containsExactly("strict.example/a:1");
        assertThat(sources("strict.example/a" + DIGEST))
                .containsExactly("mirror.example/a" + DIGEST, "strict.example/a" + DIGEST);
    }

    @Test
    void aWildcardIsForSubdomains() throws Exception {
        user("""
                [[registry]]
                prefix = "*.example.com"
                insecure = true
                """);

        assertThat(sources("a.b.example.com:5000/c:1")).containsExactly("a.b.example.com:5000/c:1 insecure");
        assertThat(sources("example.com/c:1")).containsExactly("example.com/c:1");
        assertThat(sources("notexample.com/c:1")).containsExactly("notexample.com/c:1");
    }

    @Test
    void whatIsBlockedIsNotAsked() throws Exception {
        var file = user("""
                [[registry]]
                location = "example.com/bad"
                blocked = true
                """);

        assertThatThrownBy(() -> sources("example.com/bad/a:1"))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessage("example.com/bad/a:1: images of example.com/bad are blocked by " + file);
        assertThat(sources("example.com/good:1")).containsExactly("example.com/good:1");
    }

    @Test
    void laterFilesReplaceTablesOfTheSamePrefix() throws Exception {
        write("etc/containers/registries.conf", location("example.com", "one.example"));
        assertThat(sources("example.com/a:1")).containsExactly("one.example/a:1");
        write("etc/containers/registries.conf.d/10.conf", location("example.com", "two.example"));
        write("etc/containers/registries.conf.d/20.conf", location("example.com", "three.example"));
        write("etc/containers/registries.conf.d/30.toml", location("example.com", "unread.example"));
        assertThat(sources("example.com/a:1")).containsExactly("three.example/a:1");
        write("home/.config/containers/registries.conf.d/10.conf", location("example.com", "four.example"));
        assertThat(sources("example.com/a:1")).containsExactly("four.example/a:1");
    }

    @Test
    void theUsersFileStandsInPlaceOfTheSystems() throws Exception {
        write("etc/containers/registries.conf", location("example.com", "system.example"));
        user(location("other.example", "user.example"));

        assertThat(sources("example.com/a:1")).containsExactly("example.com/a:1");
    }

    @Test
    void aFileThatIsNamedIsReadAlone() throws Exception {
        user(location("example.com", "user.example"));
        var named = write("named.conf", location("example.com", "named.example"));
        var asking = Asking.in(folder).variable("CONTAINERS_REGISTRIES_CONF", named.toString());

        assertThat(sources(asking, "example.com/a:1")).containsExactly("named.example/a:1");
        Files.delete(named);
        assertThatThrownBy(() -> sources(asking, "example.com/a:1"))
                .hasMessageContaining("CONTAINERS_REGISTRIES_CONF: there is no file " + named);
    }

    @Test
    void searchRegistriesAndAliasesGuessNothing() throws Exception {
        user("""
                unqualified-search-registries = ["search.example"]
                [aliases]
                "debian" = "alias.example/debian"
                [[registry]]
                location = "unrelated.example"
                """);

        assertThat(sources("debian")).containsExactly("docker.io/library/debian:latest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[registry]]|has neither prefix nor location",
                "[[registry]];prefix = \"a.example\"|has no location",
                "[[registry]];location = \"example.com\";[[registry.mirror]]|has no location",
                "[[registry]];location = \"example.com\";[[registry.mirror]];location = \"m.example\";pull-from-mirror = \"often\"|pull-from-mirror",
                "[[registry]];location = |is not TOML",
            })
    void aFileThatSaysNothingUsableIsNamed(String text, String words) throws Exception {
        var file = user(text.replace(';', '\n'));

        assertThatThrownBy(() -> sources("example.com/a:1"))
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror", "Mirror Example", "http://mirror.example", "mirror.example/UPPER"})
    void aPlaceThatIsNoneIsNamed(String place) throws Exception {
        user(location("example.com", place));

        assertThatThrownBy(() -> sources("example.com/a:1")).hasMessageContaining("\"" + place + "\" is no place");
    }

    private static String location(String prefix, String location) {
        return "[[registry]]\nprefix = \"" + prefix + "\"\nlocation = \"" + location + "\"\n";
    }

    private Path user(String text) throws IOException {
        return write("home/.config/containers/registries.conf", text);
    }

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> sources(String reference) throws IOException {
        return sources(Asking.in(folder), reference);
    }

    private static List<String> sources(Asking asking, String reference) throws IOException {
        return Mirrors.load(asking.options(), asking.machine()).sources(Reference.parse(reference)).stream()
                .map(source -> source.reference() + (source.insecure() ? " insecure" : ""))
                .toList();
    }
}
