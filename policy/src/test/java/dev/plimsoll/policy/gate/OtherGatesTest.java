package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gates `always`, `files`, `packages` and `metadata`.
final class OtherGatesTest {

    private static final String SUM = "0123456789abcdef".repeat(4);

    private static List<String> frozen(Verdict verdict) {
        return verdict.results().stream().map(RuleResult::frozenMessage).toList();
    }

    @Test
    void alwaysFiresAlways() {
        assertThat(image().judge("Always", "ALWAYS").results()).singleElement().satisfies(result -> {
            assertThat(result.triggerId()).isEqualTo("always");
            assertThat(result.frozenMessage()).isEqualTo("Unconditional trigger match");
            assertThat(result.stableId()).isEqualTo("always:always:always");
        });
    }

    @Test
    void namesAreMatchedAtTheirStartOnly() {
        var image = image().file("etc/ssl/a.pem", 0644).file("opt/etc/b.pem", 0644);

        assertThat(frozen(image.judge("files", "name_match", "regex=/etc/.*pem")))
                .containsExactly("Application of regex matched file found in container: file=/etc/ssl/a.pem"
                        + " regexp=/etc/.*pem");
        assertThat(frozen(image.judge("files", "name_match", "regex=etc"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FILE, 2541, 0o104755, set-user-id",
        "FILE, 1517, 0o102755, set-group-id",
        "DIRECTORY, 1517, 0o42755, set-group-id",
        "FILE, 3565, 0o106755, set-user-id and set-group-id",
    })
    void printsSetIdFilesAsPythonPrintsTheirMode(FileEntry.Kind kind, int mode, String shown, String words) {
        var verdict = image().file("usr/bin/x", kind, mode, "").judge("files", "suid_or_guid_set");

        assertThat(frozen(verdict)).containsExactly("SUID or SGID found set on file /usr/bin/x. Mode: " + shown);
        assertThat(verdict.results().getFirst().message()).contains(words);
        assertThat(image().file("usr/bin/x", 01755)
                        .judge("files", "suid_or_guid_set")
                        .results())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "equals, equals, true",
        "not_equals, equals, false",
        "equals, not_equals, false",
        "not_equals, not_equals, false",
    })
    void attributesMustAllHold(String checksumMatch, String modeOp, boolean fires) {
        var verdict = image().file("etc/passwd", FileEntry.Kind.FILE, 0644, SUM)
                .judge(
                        "files",
                        "attribute_match",
                        "filename=/etc/passwd",
                        "checksum_algorithm=sha256",
                        "checksum=" + SUM,
                        "checksum_match=" + checksumMatch,
                        "mode=00644",
                        "mode_op=" + modeOp);

        assertThat(frozen(verdict))
                .isEqualTo(
                        fires
                                ? List.of("filename=/etc/passwd and checksum=" + SUM + " op=equals specified_checksum="
                                        + SUM + " and mode=0o644 op=equals specified_mode=0o644")
                                : List.of());
    }

    @Test
    void attributesNeedSomethingAskedAndAFile() {
        var there = image().file("etc/passwd", 0600);

        assertThat(there.judge("files", "attribute_match", "filename=/etc/passwd")
                        .results())
                .isEmpty();
        assertThat(frozen(there.judge(
                        "files", "attribute_match", "filename=/etc/passwd", "mode=0644", "mode_op=not_equals")))
                .containsExactly("filename=/etc/passwd and mode=0o600 op=not_equals specified_mode=0o644");
        assertThat(image().judge("files", "attribute_match", "filename=/x", "mode=0644")
                        .results())
                .isEmpty();
        assertThat(frozen(image().judge("files", "attribute_match", "filename=/x", "skip_missing=false")))
                .containsExactly("filename=/x and skip_missing=False");
    }

    @Test
    void filesThatWereNotCollectedCannotBeJudged() {
        for (var rule :
                List.of(new String[] {"name_match", "regex=a"}, new String[] {"suid_or_guid_set"}, new String[] {
                    "attribute_match", "filename=/x", "mode=0644"
                })) {
            var parameters = java.util.Arrays.copyOfRange(rule, 1, rule.length);
            assertThat(image().withoutFiles()
                            .judge("files", rule[0], parameters)
                            .decision())
                    .isEqualTo(Decision.UNKNOWN);
        }
        assertThat(image().file("x", 0644)
                        .judge("files", "attribute_match", "filename=/x", "checksum=" + SUM)
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void aBundleNamesThePathsWhoseChecksumsItNeeds() {
        var bundle = dev.plimsoll.policy.BundleText.of()
                .rule("STOP", "files", "attribute_match", "filename=/b", "checksum=" + SUM)
                .rule("STOP", "files", "attribute_match", "filename=/a", "checksum=" + SUM)
                .rule("STOP", "files", "attribute_match", "filename=/c", "mode=0644")
                .bundle(false);

        assertThat(bundle.digestedPaths()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"1:2.3-4", "2.3-4", "1:2.3", "2.3"})
    void deniesAVersionWithAndWithoutEpochAndRevision(String version) {
        var image = image().installed(PackageType.DEB, "openssh-server", "1:2.3-4", "var/lib/dpkg/status");

        assertThat(frozen(image.judge("packages", "denylist", "name=openssh-server", "version=" + version)))
                .containsExactly("Package is blacklisted: openssh-server-" + version);
        assertThat(image.judge("packages", "blacklist", "name=openssh-server", "version=2")
                        .results())
                .isEmpty();
    }

    @Test
    void deniesAName() {
        var image = image().installed(PackageType.NPM, "left-pad", "1.0.0", "app/package.json");

        assertThat(image.judge("packages", "blacklist", "name=left-pad").results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.frozenMessage()).isEqualTo("Package is blacklisted: left-pad");
                    assertThat(result.trigger()).isEqualTo("denylist");
                    // md5 of "packages" + "blacklist" + message: the older name stays in the id.
                    assertThat(result.triggerId()).isEqualTo(md5("packagesblacklistPackage is blacklisted: left-pad"));
                });
        assertThat(image.judge("packages", "denylist", "name=left").results()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NPM, @angular/core, @angular/core, true",
        "NPM, @angular/core, core, false",
        "GOLANG, github.com/gorilla/mux, github.com/gorilla/mux, true",
        "GOLANG, github.com/gorilla/mux, mux, false",
        "MAVEN, org.apache.logging.log4j:log4j-core, log4j-core, true",
        "MAVEN, org.apache.logging.log4j:log4j-core, org.apache.logging.log4j:log4j-core, true",
        "PYPI, Flask_Login, Flask_Login, true",
        "PYPI, Flask_Login, flask-login, true",
        "PYPI, flask-login, Flask_Login, true",
        "GEM, rack, Rack, false",
    })
    void knowsAPackageByTheNamesThatItsEcosystemGivesIt(
            PackageType type, String installed, String asked, boolean same) {
        var image = image().installedAs(type, installed, "1.0");

        assertThat(image.judge("packages", "denylist", "name=" + asked).results())
                .hasSize(same ? 1 : 0);
        assertThat(image.judge("packages", "required_package", "name=" + asked).results())
                .hasSize(same ? 0 : 1);
    }

    @Test
    void requiresAPackage() {
        var image = image().installed(PackageType.DEB, "curl", "7.88.1-10");

        assertThat(image.judge("packages", "required_package", "name=curl").results())
                .isEmpty();
        assertThat(frozen(image.judge("packages", "required_package", "name=wget")))
                .containsExactly("Required input package (wget) is not present in container image");
        assertThat(frozen(image.judge("packages", "required_package", "name=wget", "version=1")))
                .containsExactly("Required input package (wget,1) is not present in container image");
        assertThat(frozen(image.judge("packages", "required_package", "name=curl", "version=7.88.1")))
                .containsExactly(
                        "Required input package (curl) is present (7.88.1-10), but not at the version specified in"
                                + " policy (curl)");
        assertThat(image.judge("packages", "required_package", "name=curl", "version=7.88.1-10")
                        .results())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7.9-1, false", "7.88.1-10, false", "7.88.1-11, true", "7.100, true", "1:0, true"})
    void requiresAtLeastAVersionInTheOrderOfItsEcosystem(String wanted, boolean fires) {
        var verdict = image().installed(PackageType.DEB, "curl", "7.88.1-10")
                .judge("packages", "required_package", "name=curl", "version=" + wanted, "version_match_type=minimum");

        assertThat(frozen(verdict))
                .isEqualTo(
                        fires
                                ? List.of(
                                        "Required min-version input package (curl) is present (7.88.1-10), but is lower"
                                                + " version than what is specified in policy (" + wanted + ")")
                                : List.of());
    }

    @Test
    void cannotCompareWhatIsNoVersion() {
        assertThat(image().installed(PackageType.NUGET, "x", "1.0")
                        .judge("packages", "required_package", "name=x", "version=2", "version_match_type=minimum")
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
        assertThat(image().installed(PackageType.NUGET, "x", "1.0")
                        .judge("packages", "required_package", "name=x", "version=1.0", "version_match_type=minimum")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "size, >, 1kb, true",
        "size, >, 2kb, false",
        "size, =, 2048, true",
        "size, in, '1, 2kb', true",
        "size, not_in, '1,2kb', false",
        "size, like, 20.., true",
        "architecture, =, amd64, true",
        "architecture, !=, amd64, false",
        "architecture, <, b, true",
        "os_type, like, lin, true",
        "os_type, not_like, lin, false",
        "distro, in, 'ubuntu,alpine', true",
        "distro_version, <, 3.9, false",
        "distro_version, >, 3.9, true",
        "distro_version, >=, 3.18.4, true",
        "distro_version, <=, 3.18.4, true",
        "distro_version, <, 10, true",
        "like_distro, =, 'rhel,fedora', true",
        "layer_count, >=, 2, true",
        "layer_count, >, 2, false",
        "distro, exists, '', true",
        "distro, not_exists, '', false",
    })
    void comparesAttributes(String attribute, String check, String value, boolean fires) {
        var image = image().layer(2000).layer(48).distribution("alpine", "3.18.4", "rhel", "fedora");

        assertThat(image.judge("metadata", "attribute", "attribute=" + attribute, "check=" + check, "value=" + value)
                        .results()
                        .size())
                .isEqualTo(fires ? 1 : 0);
    }

    @Test
    void printsTheCastValueAndTheImages() {
        assertThat(frozen(image().layer(2048).judge("metadata", "attribute", "attribute=size", "check=>", "value=1kb")))
                .containsExactly(
                        "Attribute check for attribute: 'size' check: '>' check_value: '1024' matched image value:"
                                + " '2048'");
        assertThat(frozen(image().withoutDistribution()
                        .judge("metadata", "attribute", "attribute=distro", "check=not_exists")))
                .containsExactly(
                        "Attribute check for attribute: 'distro' check: 'not_exists' check_value: '' matched image"
                                + " value: 'None'");
    }

    @ParameterizedTest
    @CsvSource({
        "=, false",
        "!=, true",
        ">, false",
        "<, false",
        "like, false",
        "not_like, true",
        "in, false",
        "not_in, true"
    })
    void aMissingAttributeEqualsNothing(String check, boolean fires) {
        assertThat(image().withoutDistribution()
                        .judge("metadata", "attribute", "attribute=distro_version", "check=" + check, "value=9")
                        .results()
                        .size())
                .isEqualTo(fires ? 1 : 0);
    }

    static String md5(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("MD5")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "denylist, name=openssh-server, var/lib/rpm/rpmdb.sqlite",
        "denylist, name=openssh-server, var/lib/dpkg/status",
        "denylist, name=openssh-server, var/lib/dpkg/status.d/base",
        "denylist, name=openssh-server, lib/apk/db/installed",
        "required_package, name=openssh-server, var/lib/rpm/Packages",
    })
    void aPackageThatIsNotFoundMayStandWhereADatabaseCouldNotBeRead(String trigger, String parameter, String database) {
        var verdict = image().unread(database, "header 3", "it is damaged").judge("packages", trigger, parameter);

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.results()).isEmpty();
        assertThat(verdict.unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly(
                        "the package database /" + database + " could not be read in full (header 3): it is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"var", "var/lib/dpkg", "var/lib/dpkg/status.d", "usr/lib/sysimage/rpm", "lib/apk"})
    void aPackageThatIsNotFoundMayStandInAFolderThatCouldNotBeListed(String folder) {
        var verdict = image().unread(folder, "", "permission denied").judge("packages", "denylist", "name=curl");

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly("the folder /" + folder + ", where package databases lie, could not be read in full:"
                        + " permission denied");
    }

    @Test
    void aPackageThatIsFoundIsFoundWhateverElseCouldNotBeRead() {
        var image = image().installed(PackageType.DEB, "curl", "1").unread("var/lib/dpkg/status", "line 9", "cut");

        assertThat(image.judge("packages", "denylist", "name=curl").decision()).isEqualTo(Decision.FAIL);
        assertThat(image.judge("packages", "required_package", "name=curl").decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void aFileThatIsNoDatabaseHidesNoPackage() {
        assertThat(image().unread("app/broken.jar", "", "no zip")
                        .judge("packages", "denylist", "name=curl")
                        .decision())
                .isEqualTo(Decision.PASS);
    }
}
