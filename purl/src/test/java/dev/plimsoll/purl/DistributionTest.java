package dev.plimsoll.purl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistributionTest {

    /// As the os-release of real images has them: `ID`, `VERSION_ID`, `VERSION_CODENAME`.
    @ParameterizedTest
    @CsvSource({
        "debian, 12, bookworm, debian:12",
        "debian, 12.4, '', debian:12",
        "debian, '', trixie, debian:13",
        "debian, '', forky, debian:14",
        "debian, '', sid, debian:sid",
        "debian, '', '', debian:unknown",
        "raspbian, 12, bookworm, raspbian:12",
        "ubuntu, 22.04, jammy, ubuntu:22.04",
        "alpine, 3.18.4, '', alpine:3.18",
        "alpine, 3.23.0_alpha20250612, '', alpine:edge",
        "rhel, 9.4, '', rhel:9",
        "centos, 9, '', centos:9",
        "almalinux, 9.3, '', almalinux:9",
        "rocky, 8.9, '', rocky:8",
        "fedora, 41, '', fedora:41",
        "amzn, 2023, '', amzn:2023",
        "amzn, 2, '', amzn:2",
        "azurelinux, 3.0, '', azurelinux:3",
        "sles, 15.5, '', sles:15.5",
        "opensuse-leap, 15.6, '', opensuse-leap:15.6",
        "opensuse-tumbleweed, 20240101, '', opensuse-tumbleweed:rolling",
        "wolfi, 20230201, '', wolfi:rolling",
        "photon, 5.0, '', photon:5.0",
        "linux, '', '', linux:unknown"
    })
    void theReleaseIsWhatAdvisoriesAreKeptBy(String id, String version, String codename, String release) {
        assertThat(new Distribution(id, version, codename, List.of(), "").release())
                .hasToString(release);
    }

    @ParameterizedTest
    @CsvSource({"debian:12, debian:12", "debian:bookworm, debian:12", "DEBIAN:12, debian:12", "debian:sid, debian:sid"})
    void aUserMayNameARelease(String text, String release) {
        assertThat(Distribution.parse(text).orElseThrow().release()).hasToString(release);
    }

    @ParameterizedTest
    @CsvSource({"debian", "debian:", ":12"})
    void aNameWithoutBothPartsIsNone(String text) {
        assertThat(Distribution.parse(text)).isEmpty();
    }

    @Test
    void aRebuildIsNotServedByItsOriginal() {
        var rebuild = new Distribution("rocky", "9.3", "", List.of("rhel", "centos", "fedora"), "Rocky Linux 9.3");
        assertThat(rebuild.release()).hasToString("rocky:9");
    }
}
