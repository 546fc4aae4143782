package dev.plimsoll.advisory.rubysec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.feed.RecordingSink;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionScheme;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RubysecFeedTest {

    private static RecordingSink read(String path, String yaml) {
        return RecordingSink.read(new RubysecFeed(), path, "---\n" + yaml);
    }

    @Test
    void readsAnAdvisory() {
        var sink = read("gems/actionpack/CVE-2013-0156.yml", """
                gem: actionpack
                framework: rails
                cve: 2013-0156
                osvdb: 89026
                ghsa: jmgw-6vjg-jjwg
                url: https://groups.google.com/forum/#!topic/rubyonrails-security/61bkgvnSGTQ
                title: Multiple vulnerabilities in parameter parsing in Action Pack
                date: 2013-01-08
                description: |
                  There are multiple weaknesses.
                cvss_v2: 10.0
                patched_versions:
                  - ~> 2.3.15
                  - ~> 3.0.19
                  - ~> 3.1.10
                  - ">= 3.2.11"
                """);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids()).containsExactly("CVE-2013-0156 [GHSA-jmgw-6vjg-jjwg]");
        assertThat(sink.lines())
                .containsExactly("gem actionpack [<2.3.15, >=2.4.a <3.0.19, >=3.1.a <3.1.10, >=3.2.a <3.2.11] fixed"
                        + " [2.3.15, 3.0.19, 3.1.10, 3.2.11]");
        var advisory = sink.advisories.getFirst();
        assertThat(advisory.severity()).contains(Severity.CRITICAL);
        assertThat(advisory.published()).contains(Instant.parse("2013-01-08T00:00:00Z"));
        assertThat(advisory.summary()).startsWith("Multiple vulnerabilities");
    }

    @Test
    void aNewerScoreCountsMore() {
        assertThat(read("gems/x/CVE-2020-1.yml", "gem: x\ncve: 2020-1\ncvss_v2: 10.0\ncvss_v3: 5.3\ncvss_v4: 2.1\n")
                        .advisories
                        .getFirst()
                        .severity())
                .contains(Severity.LOW);
        assertThat(read("gems/x/CVE-2020-1.yml", "gem: x\ncve: 2020-1\ncvss_v3: 99999999999999999999.5\n")
                        .advisories
                        .getFirst()
                        .severity())
                .contains(Severity.CRITICAL);
    }

    @Test
    void anAdvisoryWithoutCveGoesByItsOtherNames() {
        assertThat(read("gems/x/GHSA-1.yml", "gem: x\nghsa: 22f2-v57c-j9cx\n").ids())
                .containsExactly("GHSA-22f2-v57c-j9cx []");
        assertThat(read("gems/x/OSVDB-131671.yml", "gem: x\nosvdb: 131671\n").ids())
                .containsExactly("OSVDB-131671 []");
    }

    @Test
    void advisoriesOfInterpretersAreKnownByTheirIds() {
        var sink = read(
                "rubies/ruby/CVE-2005-1992.yml",
                "engine: ruby\ncve: 2005-1992\nghsa: vf66-crpm-448h\npatched_versions:\n  - \">= 1.8.2-r2\"\n");
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids()).containsExactly("CVE-2005-1992 [GHSA-vf66-crpm-448h]");
        assertThat(sink.packages).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            patched_versions: ['> 0.16.0']                          | [<=0.16.0] fixed [] fixed after 0.16.0
            unaffected_versions: ['< 1.0']                          | [>=1.0] not-fixed []
            title: no versions                                      | [*] not-fixed []
            patched_versions: ['~> 3.2.1, >= 3.2.1.2', '>= 4.0.1']  | [<3.2.1.2, >=3.3.a <4.0.1] fixed [3.2.1.2, 4.0.1]
            """)
    void turnsSafeVersionsIntoAffectedOnes(String member, String expected) {
        var sink = read("gems/x/CVE-2020-1.yml", "gem: x\ncve: 2020-1\n" + member + "\n");
        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines()).containsExactly("gem x " + expected);
    }

    @Test
    void saysWhatItCannotRead() {
        var sink = RecordingSink.read(
                new RubysecFeed(),
                "gems/x/a.yml",
                "---\ncve: 2020-1\n",
                "gems/x/b.yml",
                "---\n- 1\n",
                "gems/x/c.yml",
                "---\n\"\n",
                "gems/x/d.yml",
                "---\ngem: x\ncve: 2020-2\npatched_versions: ['!= 1.0']\n",
                "gems/x/e.yml",
                "---\ngem: x\ncve: 2020-3\ndate: someday\n");
        assertThat(sink.ids()).containsExactly("CVE-2020-3 []");
        assertThat(sink.problems)
                .hasSize(4)
                .contains(
                        "gems/x/a.yml, gem: the advisory names no gem",
                        "gems/x/b.yml: holds no advisory",
                        "gems/x/d.yml, patched_versions: '!= 1.0' is no requirement that can be read");
    }

    /// Rows of the RubyGems Guides, "Patterns": `~> 2.2` is at least 2.2 and below 3, pre-releases of 3 included.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ~> 2.2         | >=2.2 <3.a
            ~> 2.2.0       | >=2.2.0 <2.3.a
            ~> 2           | >=2 <3.a
            ~> 1.0.0.rc1   | >=1.0.0.rc1 <1.1.a
            ~> 1.8.2-r2    | >=1.8.2-r2 <1.9.a
            1.0            | =1.0
            >= 1.0, < 1.2  | >=1.0 <1.2
            <= 2.0         | <=2.0
            """)
    void readsRequirements(String text, String expected) {
        assertThat(GemRequirement.parse(text, VersionScheme.of(PackageType.GEM).orElseThrow())
                        .map(VersionInterval::toString))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"soon", "''", "'!= 1.0'", "'> 2, < 1'", "'~> 1..2'", "'^1.0'", "'>= 1.0 < 2'"})
    void refusesWhatIsNoRequirement(String text) {
        assertThat(GemRequirement.parse(text, VersionScheme.of(PackageType.GEM).orElseThrow()))
                .isEmpty();
    }

    @Test
    void readsAHyphenWithinARequirement() {
        assertThat(GemRequirement.parse(
                                "~> 1-2.3", VersionScheme.of(PackageType.GEM).orElseThrow())
                        .map(VersionInterval::toString))
                .contains(">=1-2.3 <2.a");
    }
}
