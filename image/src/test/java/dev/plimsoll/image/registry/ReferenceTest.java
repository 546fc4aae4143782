package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    /// Rows 1 to 13 are the examples of the grammar of github.com/distribution/reference, in our own words.
    @ParameterizedTest
    @CsvSource({
        "debian, docker.io/library/debian:latest",
        "debian:12, docker.io/library/debian:12",
        "user/app, docker.io/user/app:latest",
        "user/deep/app, docker.io/user/deep/app:latest",
        "docker.io/debian, docker.io/library/debian:latest",
        "index.docker.io/debian, docker.io/library/debian:latest",
        "localhost/app, localhost/app:latest",
        "localhost:5000/app, localhost:5000/app:latest",
        "127.0.0.1:5000/a/b:1.2-3_4, 127.0.0.1:5000/a/b:1.2-3_4",
        "[::1]:5000/app, [::1]:5000/app:latest",
        "registry.example/app, registry.example/app:latest",
        "registry:5000/app, registry:5000/app:latest",
        "Registry/app, Registry/app:latest",
        "registry/app, docker.io/registry/app:latest",
        "a__b/c--d/e.f, docker.io/a__b/c--d/e.f:latest",
        "xn--n3h.example/app, xn--n3h.example/app:latest",
        "debian:12_, docker.io/library/debian:12_",
    })
    void readsNamesAsDockerDoes(String text, String full) throws Exception {
        assertThat(Reference.parse(text)).hasToString(full);
    }

    @Test
    void aDigestStandsAloneOrBehindATag() throws Exception {
        var alone = Reference.parse("debian@sha256:" + HEX);
        var both = Reference.parse("debian:12@sha256:" + HEX);

        assertThat(alone).hasToString("docker.io/library/debian@sha256:" + HEX);
        assertThat(both).hasToString("docker.io/library/debian:12@sha256:" + HEX);
        assertThat(both.manifest()).isEqualTo("sha256:" + HEX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|it is empty",
                "Debian|upper-case letters",
                "debian:|'' is no tag",
                "debian:.1|'.1' is no tag",
                "debian@sha256:12|no sha256 or sha512 digest",
                "debian@md5:00|no sha256 or sha512 digest",
                "a//b|'' is no part",
                "/a|'' is no part",
                "a/|'' is no part",
                "a___b|'a___b' is no part",
                "-a/b|'-a' is no part",
                "host:99999/a|99999 is no port",
                "host:0/a|0 is no port",
                "ho_st.example/a|is no host",
                "-host.example/a|is no host",
                "host-.example/a|is no host",
                "registry.example/../a|'..' is no part",
                "a b|'a b' is no part",
                "https://registry.example/a|is no host",
            })
    void refusesWhatIsNoReferenceAndSaysWhy(String text, String reason) {
        assertThatThrownBy(() -> Reference.parse(text))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("is no image reference")
                .hasMessageContaining(reason);
    }

    @Test
    void anIdIsNoName() {
        assertThatThrownBy(() -> Reference.parse(HEX)).hasMessageContaining("it is an image's id");
    }

    @Test
    void lengthsHaveLimits() throws Exception {
        var longest = "a".repeat(255 - "library/".length());

        assertThat(Reference.parse(longest).repository()).hasSize(255);
        assertThatThrownBy(() -> Reference.parse(longest + "a")).hasMessageContaining("255");
        assertThat(Reference.parse("a:" + "t".repeat(128)).tag().orElseThrow()).hasSize(128);
        assertThatThrownBy(() -> Reference.parse("a:" + "t".repeat(129))).hasMessageContaining("is no tag");
        assertThatThrownBy(() -> Reference.parse("a".repeat(1025))).hasMessageContaining("1024");
    }

    @Test
    void aRegistryIsReadAlone() throws Exception {
        assertThat(Reference.parseRegistry("registry.example:5000")).isEqualTo("registry.example:5000");
        assertThat(Reference.parseRegistry("index.docker.io")).isEqualTo("docker.io");
        assertThatThrownBy(() -> Reference.parseRegistry("registry.example/app"))
                .hasMessageContaining("is no host");
    }
}
