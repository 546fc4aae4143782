package dev.plimsoll.advisory.alpine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.feed.RecordingSink;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecdbFeedTest {

    private static final String XEN = """
            distroversion: v3.5
            reponame: main
            packages:
              - pkg:
                  name: xen
                  secfixes:
                    4.7.0-r1:
                      - CVE-2016-6258 XSA-182
                      - CVE-2016-6258
                      - XSA-207
                    4.7.6-r1:
                      - CVE-2018-12126  XSA-297
                      - CVE-2018-12127  XSA-297
                      - CVE-????-?????  XSA-284
              - pkg:
                  name: zlib
                  secfixes:
                    0:
                      - CVE-2023-45853
                    1.2.12-r2:
                      - CVE-2022-37434
            """;

    @Test
    void readsAllPackagesOfABranch() {
        var sink = RecordingSink.read(new SecdbFeed(), "v3.5/main.yaml", XEN);
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids())
                .containsExactly(
                        "CVE-2016-6258 []",
                        "XSA-182 [CVE-2016-6258]",
                        "XSA-207 []",
                        "CVE-2018-12126 []",
                        "CVE-2018-12127 []",
                        "XSA-284 []",
                        "XSA-297 [CVE-2018-12126, CVE-2018-12127]",
                        "CVE-2023-45853 []",
                        "CVE-2022-37434 []");
        assertThat(sink.lines())
                .contains(
                        "alpine:3.5 xen [<4.7.0-r1] fixed [4.7.0-r1]",
                        "alpine:3.5 zlib [] not-affected []",
                        "alpine:3.5 zlib [<1.2.12-r2] fixed [1.2.12-r2]");
        assertThat(sink.packages).allMatch(item -> item.ofSource());
    }

    @Test
    void readsTheLayoutOfOneFileAPackage() {
        var sink = RecordingSink.read(
                new SecdbPackageFeed(),
                "3.18/main/busybox.json",
                """
                {"name": "busybox", "distroversion": "v3.18", "reponame": "main",
                 "secfixes": {"0": ["CVE-2021-28831"], "1.36.1-r1": ["CVE-2022-48174", "CVE-2022-48174"]}}
                """,
                "edge/main/x.json",
                "{\"name\": \"x\", \"distroversion\": \"edge\", \"secfixes\": {\"1_p1-r0\": [\"CVE-2020-1000\"]}}");
        assertThat(sink.problems).isEmpty();
        assertThat(sink.ids())
                .as("a CVE that stands twice is one record")
                .containsExactly("CVE-2021-28831 []", "CVE-2022-48174 []", "CVE-2020-1000 []");
        assertThat(sink.lines())
                .containsExactly(
                        "alpine:3.18 busybox [] not-affected []",
                        "alpine:3.18 busybox [<1.36.1-r1] fixed [1.36.1-r1]",
                        "alpine:edge x [<1_p1-r0] fixed [1_p1-r0]");
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2019-2426, CVE-2019-2426",
        "CVE_2019-2426, CVE-2019-2426",
        "CVE 2018-16859, CVE-2018-16859",
        "cve-2018-16859, CVE-2018-16859",
        "CVE-2017-8073.patch, CVE-2017-8073",
        "CVE-2017-17434-1, CVE-2017-17434",
        "CVE-2017-5753 CVE-2017-5715 XSA-254 XPTI, CVE-2017-5753 CVE-2017-5715 XSA-254",
        "CVE-2017-14449 TALOS-2017-0498, CVE-2017-14449 TALOS-2017-0498",
        "CVE-2018-14879 (tcpdump -V), CVE-2018-14879",
        "'CVE-2018-10105 (SMB - too unreliably reproduced, SMB printing disabled)', CVE-2018-10105",
        "CVE-2017-2616 (+ regression fix), CVE-2017-2616",
        "CVE-2016-10134 ZBX-11023, CVE-2016-10134 ZBX-11023",
        "wnpa-sec-2017-18, wnpa-sec-2017-18",
        "GHSA-p2g7-xwvr-rrw3, GHSA-p2g7-xwvr-rrw3",
        "CVE-????-?????  XSA-284, XSA-284",
        "ALPINE-13661, ALPINE-13661",
        "none, ''"
    })
    void findsTheIdsInAText(String text, String expected) {
        var ids = new java.util.TreeSet<>(AlpinePackages.cves(text));
        ids.addAll(AlpinePackages.others(text));
        assertThat(ids)
                .isEqualTo(expected.isEmpty() ? Set.of() : new java.util.TreeSet<>(Set.of(expected.split(" ", -1))));
    }

    @Test
    void saysWhatItCannotRead() {
        var sink = RecordingSink.read(
                new SecdbPackageFeed(),
                "3.18/main/x.json",
                "{\"name\": \"x\", \"distroversion\": \"v3.18\", \"secfixes\": {\"1.0-r0\": [\"none\", 7, \"CVE-2020-1000\"], \"1 2\": [\"CVE-2020-1001\"]}}",
                "3.18/main/y.json",
                "{\"distroversion\": \"v3.18\"}",
                "3.18/main/z.json",
                "[]",
                "3.18/main/q.json",
                "{");
        assertThat(sink.ids()).containsExactly("CVE-2020-1000 []");
        assertThat(sink.problems)
                .hasSize(6)
                .contains(
                        "3.18/main/x.json, x 1.0-r0: 'none' names no vulnerability",
                        "3.18/main/x.json, x: '1 2' is no version",
                        "3.18/main/y.json: no release or no name of a package",
                        "3.18/main/z.json: holds no package");
    }

    @Test
    void putsTheRevisionBehindAHyphen() {
        var sink = RecordingSink.read(
                new SecdbPackageFeed(),
                "3.9/main/mariadb.json",
                "{\"name\": \"mariadb\", \"distroversion\": \"v3.9\", \"secfixes\": {\"10.2.24.r0\": [\"CVE-2019-2614\"]}}");
        assertThat(sink.lines()).containsExactly("alpine:3.9 mariadb [<10.2.24-r0] fixed [10.2.24-r0]");
    }

    @Test
    void aLongTextIsNoId() {
        var text = "CVE-2020-1000 " + "x".repeat(AlpinePackages.MAX_TEXT - "CVE-2020-1000 ".length());
        assertThat(AlpinePackages.cves(text)).containsExactly("CVE-2020-1000");
        assertThat(AlpinePackages.cves(text + "x")).isEmpty();
    }
}
