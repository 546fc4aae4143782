package dev.plimsoll.inventory.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact.DistributionFound;
import dev.plimsoll.purl.Distribution;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OsReleaseAnalyzerTest {

    private final OsReleaseAnalyzer analyzer = new OsReleaseAnalyzer();

    @Test
    void readsWhatDebianWrites() {
        assertThat(only("etc/os-release", """
                PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                NAME="Debian GNU/Linux"
                VERSION_ID="12"
                VERSION_CODENAME=bookworm
                ID=debian
                HOME_URL="https://www.debian.org/"
                """))
                .isEqualTo(new Distribution("debian", "12", "bookworm", List.of(), "Debian GNU/Linux 12 (bookworm)"));
    }

    @Test
    void readsQuotesAndEscapesAsAShellDoes() {
        assertThat(only("usr/lib/os-release", """
                # ID=comment
                ID='Rocky'
                ID_LIKE="rhel centos  fedora"
                VERSION_ID='9.3'
                PRETTY_NAME="A \\"B\\" \\$C"
                """))
                .isEqualTo(new Distribution("rocky", "9.3", "", List.of("rhel", "centos", "fedora"), "A \"B\" $C"));
    }

    @Test
    void withoutAnIdItIsSomeLinux() {
        assertThat(only("etc/os-release", "NAME=Own\nVERSION_ID=1\n").id()).isEqualTo("linux");
        assertThat(only("etc/os-release", "ID=a:b\nVERSION_ID=1\n").id()).isEqualTo("linux");
    }

    @ParameterizedTest
    @CsvSource({
        "etc/alpine-release,3.18.4,alpine,3.18.4,''",
        "etc/debian_version,12.4,debian,12.4,''",
        "etc/debian_version,trixie/sid,debian,'',trixie",
        "etc/redhat-release,CentOS Linux release 7.9.2009 (Core),centos,7.9.2009,''",
        "etc/redhat-release,Red Hat Enterprise Linux Server release 6.10 (Santiago),rhel,6.10,''",
        "etc/redhat-release,AlmaLinux release 8.9 (Midnight Oncilla),almalinux,8.9,''",
        "etc/redhat-release,Rocky Linux release 9.3 (Blue Onyx),rocky,9.3,''",
        "etc/redhat-release,Fedora release 39 (Thirty Nine),fedora,39,''"
    })
    void readsTheOlderFiles(String path, String text, String id, String version, String codename) {
        var found = only(path, text + "\n");

        assertThat(List.of(found.id(), found.versionId(), found.codename())).containsExactly(id, version, codename);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "VERSION_ID=12\n", "ID=\n", "\0\0\0"})
    void saysWhereNoDistributionIsNamed(String text) {
        var analyzed = Analyzed.by(analyzer, "etc/os-release", text);

        assertThat(analyzed.facts()).isEmpty();
        assertThat(analyzed.unknowns()).containsExactly("names no distribution");
    }

    @Test
    void readsAFileAtTheLimitAndRefusesALongerOne() {
        var start = "ID=debian\n#";
        var most = start + "x".repeat(OsReleaseAnalyzer.MAX_FILE - start.length());

        assertThat(only("etc/os-release", most).id()).isEqualTo("debian");
        assertThat(Analyzed.by(analyzer, "etc/os-release", most + "x").unknowns())
                .containsExactly("its text is over 65536 bytes");
    }

    @Test
    void wantsOnlyTheFilesThatCanSayIt() {
        assertThat(OsReleaseAnalyzer.PATHS)
                .allMatch(path -> analyzer.wanted().wants(path, 0644, 1))
                .noneMatch(path -> analyzer.wanted().wants("srv/" + path, 0644, 1));
    }

    private Distribution only(String path, String text) {
        var analyzed = Analyzed.by(analyzer, path, text);
        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.facts()).hasSize(1);
        return analyzed.all(DistributionFound.class).getFirst().distribution();
    }
}
