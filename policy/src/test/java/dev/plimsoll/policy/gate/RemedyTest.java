package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people are told to do is an instruction, not the complaint again.
final class RemedyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            always/always                  |                                          | Take this rule out of the bundle, or the image out of its mapping: the rule fires for every image
            dockerfile/instruction         | instruction=HEALTHCHECK;check=not_exists | Add HEALTHCHECK to the Dockerfile
            dockerfile/instruction         | instruction=FROM;check=exists            | Remove FROM debian:12
            dockerfile/instruction         | instruction=FROM;check=like;value=debian | Change FROM debian:12 to what does not match 'debian', or remove it
            dockerfile/instruction         | instruction=FROM;check=not_in;value=a,b  | Change FROM debian:12 to one of 'a,b'
            dockerfile/effective_user      | users=app;type=allowlist                 | Set USER to app
            dockerfile/effective_user      | users=app,web;type=allowlist             | Set USER to one of app, web
            dockerfile/effective_user      | users=root;type=denylist                 | Set USER to another than root
            dockerfile/exposed_ports       | ports=22;type=denylist                   | Take port 22 out of EXPOSE
            dockerfile/exposed_ports       | ports=80;type=allowlist                  | Take port 22 out of EXPOSE
            dockerfile/exposed_ports       | ports=0;type=denylist                    | Take every port out of EXPOSE
            files/name_match               | regex=.*passwd                           | Remove or rename /etc/passwd
            files/suid_or_guid_set         |                                          | Clear the set-user-id and set-group-id bits of /bin/su
            files/attribute_match          | filename=/etc/passwd;mode=0600;mode_op=not_equals | Change the mode of /etc/passwd to 600
            files/attribute_match          | filename=/etc/passwd;mode=0644           | Change the mode of /etc/passwd to another than 644
            files/attribute_match          | filename=/nowhere;skip_missing=false     | Add the file /nowhere
            packages/denylist              | name=curl                                | Remove curl
            packages/denylist              | name=curl;version=7.88.1                 | Remove curl 7.88.1-10, or take another version
            packages/required_package      | name=wget                                | Install wget
            packages/required_package      | name=wget;version=1.2                    | Install wget 1.2
            packages/required_package      | name=curl;version=8.0                    | Install curl 8.0 in place of 7.88.1-10
            packages/required_package      | name=curl;version=8.0;version_match_type=minimum | Upgrade curl to 8.0 or later
            metadata/attribute             | attribute=distro;check==;value=debian    | Change the image's distro to another than debian
            metadata/attribute             | attribute=size;check=>;value=1kb         | Bring the image's size down to 1kb or less
            metadata/attribute             | attribute=distro;check=not_in;value=a,b  | Change the image's distro to one of a,b
            vulnerabilities/stale_feed_data | max_days_since_sync=2                   | Build or import an advisory database of the last 2 days (plimsoll db build, db import)
            vulnerabilities/vulnerability_data_unavailable |                          | Get advisory data for debian:12, or build the image on a distribution that there is data for
            """)
    void isAnInstruction(String names, String parameters, String instruction) {
        var parts = names.split("/", -1);
        var given = parameters == null ? new String[0] : parameters.split(";", -1);

        assertThat(subject().judge(parts[0], parts[1], given).results())
                .extracting(RemedyTest::instruction)
                .containsExactly(instruction);
    }

    @Test
    void namesThePackagesThatHaveADeniedVulnerability() {
        var result = subject()
                .judge("vulnerabilities", "denylist", "vulnerability_ids=CVE-1,CVE-2")
                .results()
                .getFirst();

        assertThat(instruction(result))
                .startsWith("Upgrade or remove what has CVE-1, CVE-2: ")
                .contains(finding("CVE-1", Severity.HIGH).build().item().name());
    }

    @Test
    void asksForTheDockerfile() {
        assertThat(image().judge("dockerfile", "no_dockerfile_provided").results())
                .extracting(RemedyTest::instruction)
                .containsExactly("Give the image's Dockerfile (--dockerfile)");
    }

    @Test
    void isOneForManySubjects() {
        var remedy = new Remedy("Take", "port 22", "ports", " out of EXPOSE");

        assertThat(remedy.instruction(List.of("port 22", "port 23")))
                .isEqualTo("Take 2 ports out of EXPOSE (port 22, port 23)");
        assertThat(remedy.instruction(List.of("port 1", "port 2", "port 3", "port 4")))
                .isEqualTo("Take 4 ports out of EXPOSE (port 1 and 3 more)");
    }

    private static String instruction(RuleResult result) {
        var remedy = result.remedy();
        return remedy.instruction(remedy.subject().isEmpty() ? List.of() : List.of(remedy.subject()));
    }

    private static Fixture subject() {
        return image().dockerfile("FROM debian:12\nUSER root\nEXPOSE 22\n")
                .layer(2048)
                .file("etc/passwd", FileEntry.Kind.FILE, 0644, "0123456789abcdef".repeat(4))
                .file("bin/su", 04755)
                .installed(PackageType.DEB, "curl", "7.88.1-10", "var/lib/dpkg/status")
                .covering("debian:12", PackageType.DEB, State.DATA_MISSING)
                .builtAt("2026-05-01T00:00:00Z")
                .hit(finding("CVE-1", Severity.HIGH))
                .hit(finding("CVE-2", Severity.HIGH));
    }
}
