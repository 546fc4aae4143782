package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tired reader sees of an explanation.
final class ExplainTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeImageAndRecords() throws IOException {
        var tar = new TestTar().file("etc/os-release", "ID=debian\nVERSION_ID=12\n");
        for (int i = 1; i <= 5; i++) {
            tar.file("app/" + i + "/node_modules/lodash/package.json", "{\"name\":\"lodash\",\"version\":\"4.17.20\"}");
        }
        new TestImage().layer(tar).writeDockerArchive(folder.resolve("image.tar"));
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/GHSA-35jh-r3h4-6jhm.json"), """
                {"id":"GHSA-35jh-r3h4-6jhm","modified":"2026-01-01T00:00:00Z",
                 "aliases":["CVE-2021-23337","A-1","A-2","A-3","A-4","A-5","A-6"],
                 "affected":[
                 {"package":{"ecosystem":"npm","name":"lodash"},
                  "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"3.10.2"}]}]},
                 {"package":{"ecosystem":"npm","name":"lodash"},
                  "ranges":[{"type":"SEMVER","events":[{"introduced":"4.0.0"},{"fixed":"4.17.21"}]}]},
                 {"package":{"ecosystem":"npm","name":"lodash-es"},
                  "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"4.17.21"}]}]}]}
                """);
        for (var id : List.of("ALSA-2026:1", "ALSA-2026:2")) {
            Files.writeString(folder.resolve("own/" + id.replace(':', '-') + ".json"), """
                    {"id":"%s","modified":"2026-01-01T00:00:00Z","related":["CVE-2021-23337","CVE-2026-1000"],
                     "affected":[
                     {"package":{"ecosystem":"AlmaLinux:8","name":"nodejs"},
                      "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1:14.1-1"}]}]},
                     {"package":{"ecosystem":"AlmaLinux:8","name":"npm"},
                      "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1:6.1-1"}]}]},
                     {"package":{"ecosystem":"AlmaLinux:9","name":"nodejs"},
                      "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1:16.1-1"}]}]}]}
                    """.formatted(id));
        }
    }

    private Run explain(String id) {
        return Run.of(folder, "explain", "image.tar", id, "--advisories", "own");
    }

    @Test
    void aPackageAndARecordAreOneBlockEach() {
        var out = explain("CVE-2021-23337").out();

        assertThat(out)
                .contains("MATCHED  lodash 4.17.20")
                .contains("  affected  >=4.0.0 <4.17.21\n")
                .contains("  fix       in 4.17.21\n")
                .doesNotContain("NOT MATCHED")
                .doesNotContain("3.10.2");
        assertThat(out.lines().filter(line -> line.startsWith("  record "))).hasSize(1);
    }

    @Test
    void placesStandOneALineAndAreCounted() {
        assertThat(explain("CVE-2021-23337").out()).contains("""
                  found in  /app/1/node_modules/lodash/package.json
                            /app/2/node_modules/lodash/package.json
                            /app/3/node_modules/lodash/package.json
                            and 2 more
                """);
    }

    @Test
    void ofManyIdsSomeAreNamed() {
        assertThat(explain("CVE-2021-23337").out())
                .startsWith("CVE-2021-23337 (also A-1, A-2, A-3, A-4, A-5 and 2 more) in ");
    }

    @Test
    void recordsOfOtherImagesAreGrouped() {
        assertThat(explain("CVE-2021-23337").out().replaceAll("\\s+", " "))
                .contains("2 records of advisories speak of almalinux:8 and almalinux:9; the image is debian:12")
                .contains("speaks of lodash-es in npm, which the image does not hold");
        assertThat(explain("CVE-2021-23337").out().lines().filter(line -> line.contains("almalinux")))
                .hasSize(1);
    }

    @Test
    void linesFitWhereTheirWordsDo() {
        assertThat(explain("CVE-2021-23337").out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void anUnknownIdStaysAsItWasTyped() {
        assertThat(explain("no-such-Id").out())
                .startsWith("no-such-Id in ")
                .contains("The advisory data holds nothing of this id.");
    }
}
