package dev.plimsoll.advisory.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.feed.RecordingSink;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DebianListsTest {

    private static RecordingSink read(String text) {
        return RecordingSink.read(new DebianLists(), "data/DSA/list", text);
    }

    @Test
    void readsAdvisoriesWithTheirReleases() {
        var sink = read("""
                [07 Feb 2023] DSA-5343-1 openssl - security update
                \t{CVE-2022-2097 CVE-2022-4304 CVE-2023-0286}
                \t[bullseye] - openssl 1.1.1n-0+deb11u4
                [01 Apr 2022] DSA-5111-1 zlib - security update
                \t{CVE-2018-25032}
                \tNOTE: fixed by the same patch everywhere
                \t[buster] - zlib 1:1.2.11.dfsg-1+deb10u1
                \t[bullseye] - zlib 1:1.2.11.dfsg-2+deb11u1
                """);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids())
                .containsExactly(
                        "DSA-5343-1 [CVE-2022-2097, CVE-2022-4304, CVE-2023-0286]", "DSA-5111-1 [CVE-2018-25032]");
        assertThat(sink.lines())
                .containsExactly(
                        "debian:11 openssl [<1.1.1n-0+deb11u4] fixed [1.1.1n-0+deb11u4]",
                        "debian:10 zlib [<1:1.2.11.dfsg-1+deb10u1] fixed [1:1.2.11.dfsg-1+deb10u1]",
                        "debian:11 zlib [<1:1.2.11.dfsg-2+deb11u1] fixed [1:1.2.11.dfsg-2+deb11u1]");
        assertThat(sink.packages).allMatch(item -> item.ofSource());
        assertThat(sink.advisories.getFirst().published()).contains(Instant.parse("2023-02-07T00:00:00Z"));
        assertThat(sink.advisories.getFirst().summary()).isEqualTo("openssl - security update");
        assertThat(sink.advisories.getFirst().references())
                .containsExactly("https://security-tracker.debian.org/tracker/DSA-5343-1");
    }

    @Test
    void readsLinesWithMoreBlanksAndWhatIsNotFixed() {
        var sink = read("""
                [30 Sep 2018] DLA-1-1 curl - security update
                \t[wheezy] - curl  7.26.0-1+wheezy5
                \t[jessie]  - curl 7.38.0-4 (bug #1)
                \t[squeeze] - curl <not-affected> (Vulnerable code not present)
                \t[stretch] - curl <end-of-life>
                \t[buster] - curl <unfixed>
                """);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines())
                .containsExactly(
                        "debian:7 curl [<7.26.0-1+wheezy5] fixed [7.26.0-1+wheezy5]",
                        "debian:8 curl [<7.38.0-4] fixed [7.38.0-4]",
                        "debian:6 curl [] not-affected []",
                        "debian:9 curl [*] wont-fix [] end-of-life",
                        "debian:10 curl [*] not-fixed [] unfixed");
    }

    @Test
    void saysWhichLinesItCannotRead() {
        var sink = read("""
                neither
                [31 Feb 2020] DSA-1-1 x - no such day
                \t{}
                \t[hamm] - x 1.0
                \t[buster] - x <odd>
                nothing
                \t[buster] - y 2.0
                """);
        assertThat(sink.problems)
                .containsExactly(
                        "data/DSA/list, line 1: neither an advisory nor a line of one",
                        "data/DSA/list, line 4: release 'hamm' is not known here",
                        "data/DSA/list, line 5: '<odd>' is not known here",
                        "data/DSA/list, line 6: neither an advisory nor a line of one");
        assertThat(sink.ids()).containsExactly("DSA-1-1 []");
        assertThat(sink.lines()).containsExactly("debian:10 y [<2.0] fixed [2.0]");
    }

    @Test
    void readsAListWithCarriageReturns() {
        var sink = read("[01 Apr 2022] DSA-5111-1 zlib - security update\r\n\t[buster] - zlib 1.0\r\n");
        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines()).containsExactly("debian:10 zlib [<1.0] fixed [1.0]");
    }
}
