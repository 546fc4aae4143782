package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a mistyped or misused command says: a sentence that names what is wrong and what would be right, exit code 1,
/// nothing on standard output, and never a stack trace.
final class WrongUsageTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.copy(Run.EXAMPLES.resolve("storefront.tar"), folder.resolve("s.tar"));
        Files.copy(Run.EXAMPLES.resolve("policy.json"), folder.resolve("p.json"));
        Files.writeString(folder.resolve("text"), "nope");
        Files.createDirectories(folder.resolve("empty"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chek s.tar                          | there is no command 'chek'|did you mean check?",
                "nonsense                            | there is no command 'nonsense'; commands are check, sbom|help",
                "db statsu                           | there is no command 'statsu'|did you mean status?",
                "policy validat p.json               | there is no command 'validat'|did you mean validate?",
                "check s.tar --polcy p.json          | there is no option '--polcy'; did you mean --policy?|check --help",
                "check s.tar --fail-on high          | there is no option '--fail-on'|check --help",
                "vulns s.tar --onlyfixed             | did you mean --only-fixed?|vulns --help",
                "vulns s.tar extra                   | 'extra' is one argument too many|vulns --help",
                "check                               | IMAGE|check --help",
                "check s.tar --policy                | --policy|FILE",
                "check s.tar --policy absent.json    | there is no policy bundle|absent.json",
                "check s.tar --policy empty          | there is no policy bundle in the folder|empty",
                "check s.tar --policy text           | it must be a YAML mapping|text",
                "policy init --images shop           | 'shop' is no REGISTRY/REPOSITORY|registry.example/shop/*",
                "policy describe dockerfil           | there is no gate 'dockerfil'|did you mean dockerfile?",
                "policy convert absent.json --to 3   | '3' is no format|1_0 and 2",
                "check absent.tar --policy p.json    | there is no such file or folder|absent.tar",
                "check oci-layout:empty --policy p.json | is not an image|dir:FOLDER",
                "check s.tar --policy p.json --unmapped og  | 'og' is none of stop, go|did you mean go?",
                "check s.tar --policy p.json --unknown-severity x | 'x' is none of go, warn, stop|--unknown-severity",
                "check s.tar --policy p.json --as ,, | ',,' is no image name|--as",
                "check s.tar --policy p.json --dockerfile absent | --dockerfile|there is no such file",
                "check s.tar --policy p.json --config absent | there is no configuration file|absent",
                "check s.tar --policy p.json -o jsn  | there is no output format 'jsn'|did you mean json?",
                "check s.tar --policy p.json -o json= | names no file|-o json=result",
                "check s.tar --policy p.json -o json=empty | it is a folder|empty",
                "check s.tar --policy p.json -o json=absent/x | there is no folder|absent",
                "check s.tar --policy p.json -o json=x -o table=./x | two formats cannot go to the same file|x",
                "vulns s.tar --fail-on hihg          | 'hihg' is none of unknown, negligible, low, medium, high, critical|did you mean high?",
                "vulns s.tar --max-layers 0          | '0' is no whole number from 1|--max-layers",
                "vulns s.tar --max-layers -1         | '-1' is no whole number from 1|--max-layers",
                "vulns s.tar --max-ratio 99999999999 | is no whole number from 1 to 2147483647|--max-ratio",
                "vulns s.tar --strict                | there is no option '--strict'|vulns --help",
                "vulns s.tar --at 2026-13-01         | '2026-13-01' is no instant|2026-06-01T02:00:00+02:00",
                "vulns s.tar --at 2026-06-01T00:00:00 | is no instant|2026-06-01T00:00:00Z",
                "vulns s.tar --timeout soon          | 'soon' is no length of time|90s",
                "vulns s.tar --exclude /             | --exclude|would leave out",
                "vulns s.tar --advisories absent     | there is no folder of advisories|absent",
                "vulns s.tar --advisories empty      | there are no OSV records|empty",
                "vulns s.tar --db absent.db          | there is no advisory database|absent.db",
                "vulns s.tar --db text               | cannot read the advisory database|text",
                "vulns inventory:absent              | there is no inventory|absent",
                "vulns inventory:empty               | is a folder, not an inventory|empty",
                "vulns inventory:text                | not JSON at line 1|text",
                "explain s.tar                       | ID|explain --help",
                "db build --from absent --out x.db   | there is no folder of feeds|absent",
                "db build --from empty --out absent/x | there is no folder|absent",
                "db build --from empty --out empty   | it is a folder|empty",
                "db import absent.db                 | there is no file|absent.db",
                "db import text                      | cannot read the advisory database|text",
                "policy validate absent.json         | there is no policy bundle|absent.json",
                "--verion                            | there is no option '--verion'|did you mean --version?",
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String command, String first, String second) {
        var run = Run.of(folder, command.strip().split(" +"));

        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).startsWith("plimsoll: ").contains(first.strip()).contains(second.strip());
        assertThat(run.err()).doesNotContain("Exception", "\tat ", "should not happen");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesEmptyNames() {
        assertThat(Run.of(folder, "vulns", "").err()).contains("IMAGE is empty");
        assertThat(Run.of(folder, "explain", "s.tar", "").err()).contains("ID is empty");
        assertThat(Run.of(folder, "check", "s.tar", "--policy", "p.json", "--as", "")
                        .err())
                .contains("'' is no image name");
    }

    @Test
    void givesUpAfterTheTimeThatIsGiven() {
        var run = Run.of(folder, "check", "s.tar", "--policy", "p.json", "--timeout", "0ms");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("took longer than").contains("(--timeout)");
    }

    @Test
    void helpsWithEveryCommand() {
        for (var command : new String[] {"check", "sbom", "vulns", "explain", "db", "policy", "completion"}) {
            var asked = Run.of(folder, command, "--help");

            assertThat(asked.code()).isZero();
            assertThat(asked.out()).startsWith("Usage: plimsoll " + command);
            assertThat(Run.of(folder, "help", command).out()).isEqualTo(asked.out());
        }
        assertThat(Run.of(folder, "check", "--help").out())
                .containsSubsequence(
                        "--policy", "--output", "--db", "--at", "--max-ratio", "--help", "Examples:", "Exit");
    }

    @Test
    void saysThatAnInventoryStaysAsItIs() {
        Run.of(folder, "sbom", "s.tar", "--exclude", "/app", "-o", "inventory=facts.json");

        var run = Run.of(folder, "sbom", "inventory:facts.json", "--exclude", "/usr");

        assertThat(run.err()).contains("note: --exclude leaves nothing out of an inventory");
        assertThat(run.out()).contains("left out: /app");
    }

    @Test
    void excludesAPathAndAllBeneathIt() {
        var advisories = Run.EXAMPLES.resolve("advisories").toString();
        assertThat(Run.of(folder, "vulns", "s.tar", "--advisories", advisories).out())
                .contains("lodash");
        for (var path : new String[] {"/app", "app/", "/app/**", "/app/*"}) {
            assertThat(Run.of(folder, "vulns", "s.tar", "--advisories", advisories, "--exclude", path)
                            .out())
                    .as(path)
                    .doesNotContain("lodash");
        }
        assertThat(Run.of(folder, "vulns", "s.tar", "--advisories", advisories, "--exclude", "/ap")
                        .out())
                .contains("lodash");
    }

    @Test
    void explainsAnIdHoweverItIsWritten() {
        var advisories = Run.EXAMPLES.resolve("advisories").toString();

        assertThat(Run.of(folder, "explain", "s.tar", "cve-2023-5363", "--advisories", advisories)
                        .out())
                .startsWith("CVE-2023-5363 ")
                .contains("MATCHED  libssl3");
        assertThat(Run.of(folder, "explain", "s.tar", "ghsa-35JH-r3h4-6jhm", "--advisories", advisories)
                        .out())
                .contains("MATCHED  lodash");
    }

    @Test
    void readsAdvisoriesThroughALink() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Run.EXAMPLES.resolve("advisories"));

        assertThat(Run.of(folder, "vulns", "s.tar", "--advisories", "link").code())
                .isZero();
    }
}
