package dev.plimsoll.advisory.rustsec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.feed.RecordingSink;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionScheme;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RustsecFeedTest {

    private static RecordingSink read(String path, String toml) {
        return RecordingSink.read(new RustsecFeed(), path, "```toml\n" + toml + "```\n\n# A title\n\nText.\n");
    }

    private static RecordingSink versions(String versions) {
        return read(
                "crates/x/RUSTSEC-2020-0001.md",
                "[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"x\"\n[versions]\n" + versions + "\n");
    }

    @Test
    void readsAnAdvisory() {
        var sink = read("crates/time/RUSTSEC-2020-0071.md", """
                [advisory]
                id = "RUSTSEC-2020-0071"
                package = "time"
                date = "2020-11-18"
                url = "https://github.com/time-rs/time/issues/293"
                cvss = "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H"
                aliases = ["CVE-2020-26235", "GHSA-wcg3-cvx6-7396"]
                [versions]
                patched = [">= 0.2.23"]
                unaffected = ["=0.2.0", "=0.2.1", "=0.2.2", "=0.2.3", "=0.2.4", "=0.2.5", "=0.2.6"]
                """);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids()).containsExactly("RUSTSEC-2020-0071 [CVE-2020-26235, GHSA-wcg3-cvx6-7396]");
        var advisory = sink.advisories.getFirst();
        assertThat(advisory.published()).contains(Instant.parse("2020-11-18T00:00:00Z"));
        assertThat(advisory.cvss())
                .extracting(CvssScore::base)
                .map(Object::toString)
                .containsExactly("5.5");
        assertThat(advisory.references()).containsExactly("https://github.com/time-rs/time/issues/293");
        var item = sink.packages.getFirst();
        assertThat(item.fixedIn()).containsExactly("0.2.23");
        var order = VersionScheme.of(PackageType.CARGO).orElseThrow();
        assertThat(affects(order, "0.1.43", item.affected())).isTrue();
        assertThat(affects(order, "0.2.3", item.affected())).isFalse();
        assertThat(affects(order, "0.2.7", item.affected())).isTrue();
        assertThat(affects(order, "0.2.22", item.affected())).isTrue();
        assertThat(affects(order, "0.2.23", item.affected())).isFalse();
    }

    private static boolean affects(VersionScheme order, String version, java.util.List<VersionInterval> affected) {
        return order.check(version, affected) instanceof dev.plimsoll.versions.RangeCheck.Inside;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            patched = []                                | [*] not-fixed []
            patched = [">= 1.2.3"]                      | [<1.2.3] fixed [1.2.3]
            patched = ["> 0.22.0"]                      | [<=0.22.0] fixed [] fixed after 0.22.0
            patched = ["^0.4.1", ">= 0.5.2"]            | [<0.4.1, >=0.5.0-0 <0.5.2] fixed [0.4.1, 0.5.2]
            patched = [">= 1.2, < 1.3", ">= 1.4.1"]     | [<1.2.0, >=1.3.0 <1.4.1] fixed [1.2.0, 1.4.1]
            unaffected = ["< 0.2.0"]                    | [>=0.2.0] not-fixed []
            """)
    void turnsSafeVersionsIntoAffectedOnes(String versions, String expected) {
        var sink = versions(versions);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines()).containsExactly("cargo x " + expected);
    }

    @Test
    void noticesAndUnmaintainedCratesHitNothing() {
        for (var word : new String[] {"unmaintained", "notice"}) {
            var sink = read(
                    "crates/x/RUSTSEC-2021-0139.md",
                    "[advisory]\nid = \"RUSTSEC-2021-0139\"\npackage = \"ansi_term\"\n" + "informational = \"" + word
                            + "\"\n[versions]\npatched = []\n");
            assertThat(sink.ids()).containsExactly("RUSTSEC-2021-0139 []");
            assertThat(sink.packages).isEmpty();
        }
        assertThat(read(
                                "crates/x/RUSTSEC-2021-0145.md",
                                "[advisory]\nid = \"RUSTSEC-2021-0145\"\npackage = \"atty\"\ninformational = \"unsound\"\n"
                                        + "[versions]\npatched = []\n")
                        .lines())
                .containsExactly("cargo atty [*] not-fixed [] unsound");
    }

    @Test
    void advisoriesOfTheToolchainAreKnownByTheirIds() {
        var sink = read("rust/std/CVE-2021-28879.md", """
                [advisory]
                id = "CVE-2021-28879"
                package = "std"
                date = "2021-02-18"
                [versions]
                patched = [">= 1.52.0"]
                """);
        assertThat(sink.ids()).containsExactly("CVE-2021-28879 []");
        assertThat(sink.packages).isEmpty();
    }

    @Test
    void keepsWithdrawnRecordsMarked() {
        var sink = read("crates/x/RUSTSEC-2020-0001.md", """
                [advisory]
                id = "RUSTSEC-2020-0001"
                package = "x"
                withdrawn = "2021-01-02"
                """);
        assertThat(sink.advisories.getFirst().withdrawn()).contains(Instant.parse("2021-01-02T00:00:00Z"));
    }

    @Test
    void saysWhatItCannotRead() {
        var sink = RecordingSink.read(
                new RustsecFeed(),
                "crates/x/a.md",
                "# no block",
                "crates/x/b.md",
                "```toml\n= 1\n```\n",
                "crates/x/c.md",
                "```toml\n[advisory]\nid = \"RUSTSEC-1\"\n```\n",
                "crates/x/d.md",
                "```toml\n[advisory]\nid = \"RUSTSEC-2\"\npackage = \"x\"\n[versions]\npatched = [\"soon\"]\n```\n",
                "crates/x/e.md",
                "```toml\n" + "#".repeat(RustsecFeed.MAX_BLOCK + 1) + "\n```\n",
                "README.md",
                "nothing");
        assertThat(sink.advisories).isEmpty();
        assertThat(sink.problems)
                .hasSize(5)
                .contains(
                        "crates/x/a.md: does not begin with a block of TOML of at most 262144 characters",
                        "crates/x/c.md, advisory: the record has no id or no package",
                        "crates/x/d.md, versions.patched: 'soon' is no requirement that can be read",
                        "crates/x/e.md: does not begin with a block of TOML of at most 262144 characters");
        assertThat(sink.problems.get(1)).startsWith("crates/x/b.md: not TOML: ");
    }

    @Test
    void readsABlockAsLongAsTheLimit() {
        var toml = "[advisory]\nid = \"RUSTSEC-1\"\npackage = \"x\"\n";
        var sink = read("crates/x/a.md", toml + "#".repeat(RustsecFeed.MAX_BLOCK - toml.length() - 1) + "\n");
        assertThat(sink.problems).isEmpty();
        assertThat(sink.advisories).hasSize(1);
    }

    /// Rows of The Cargo Book, "Specifying Dependencies".
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ^1.2.3        | >=1.2.3 <2.0.0-0
            1.2.3         | >=1.2.3 <2.0.0-0
            ^1.2          | >=1.2.0 <2.0.0-0
            ^1            | >=1.0.0 <2.0.0-0
            ^0.2.3        | >=0.2.3 <0.3.0-0
            ^0.0.3        | >=0.0.3 <0.0.4-0
            ^0.0          | >=0.0.0 <0.1.0-0
            ^0            | >=0.0.0 <1.0.0-0
            ~1.2.3        | >=1.2.3 <1.3.0-0
            ~1.2          | >=1.2.0 <1.3.0-0
            ~1            | >=1.0.0 <2.0.0-0
            *             | *
            1.*           | >=1.0.0 <2.0.0-0
            = 1.2.3       | =1.2.3
            =1.2          | >=1.2.0 <1.3.0-0
            > 1.2         | >=1.3.0-0
            > 1.2.3       | >1.2.3
            <= 1.2        | <1.3.0-0
            <= 1.2.3      | <=1.2.3
            < 1.2.3-rc.1  | <1.2.3-rc.1
            >= 1.2.3, < 2 | >=1.2.3 <2.0.0
            """)
    void readsRequirements(String text, String expected) {
        assertThat(CargoRequirement.parse(
                                text, VersionScheme.of(PackageType.CARGO).orElseThrow())
                        .map(VersionInterval::toString))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"soon", "''", "'>= 2, < 1'", "'>= 1.2.3.4'", "'>= 1.0.0-01'", "'~> 1.2'", "'>= 1 || < 0.5'"})
    void refusesWhatIsNoRequirement(String text) {
        assertThat(CargoRequirement.parse(
                        text, VersionScheme.of(PackageType.CARGO).orElseThrow()))
                .isEmpty();
    }
}
