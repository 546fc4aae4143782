package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The trigger `metadata` of the gate `packages`.
final class PackageMetadataTest {

    private static Fixture some() {
        return image().installed(PackageType.DEB, "bash", "5.2.15-2")
                .installed(PackageType.DEB, "zlib1g", "1:1.2.13.dfsg-1")
                .installed(PackageType.NPM, "lodash", "4.17.9")
                .installed(PackageType.NPM, "@babel/core", "7.10.0")
                .installed(PackageType.GENERIC, "nginx", "1.9.2");
    }

    private static List<String> names(Verdict verdict) {
        return verdict.results().stream()
                .map(result -> result.item().orElseThrow().name())
                .sorted()
                .toList();
    }

    /// Parameters, and the packages that fire.
    @ParameterizedTest
    @CsvSource(
            value = {
                "type=npm | @babel/core;lodash",
                "type=NPM | @babel/core;lodash",
                "type=dpkg | bash;zlib1g",
                "type=npm;type_comparison=!= | bash;nginx;zlib1g",
                "type=npm,dpkg;type_comparison=in | @babel/core;bash;lodash;zlib1g",
                "type=npm,dpkg;type_comparison=not_in | nginx",
                "type=n;type_comparison=like | @babel/core;lodash",
                "type=n;type_comparison=not_like | bash;nginx;zlib1g",
                "name=bash | bash",
                "name=bash;name_comparison=!= | @babel/core;lodash;nginx;zlib1g",
                "name=.*a;name_comparison=like | @babel/core;bash;lodash",
                "name=.*a;name_comparison=not_like | nginx;zlib1g",
                "name=bash,lodash;name_comparison=in | bash;lodash",
                "name=bash,lodash;name_comparison=not_in | @babel/core;nginx;zlib1g",
                "name=lodash;version=4.17.9 | lodash",
                "name=lodash;version=4.17.10;version_comparison=< | lodash",
                "name=lodash;version=4.17.10;version_comparison=> | ''",
                "name=lodash;version=4.17.9;version_comparison=<= | lodash",
                "name=lodash;version=4.17.9;version_comparison=>= | lodash",
                "name=lodash;version=4.17.9;version_comparison=!= | ''",
                "name=zlib1g;version=1.2.13.dfsg-9;version_comparison=> | zlib1g",
                "name=nginx;version=1.10.0;version_comparison=< | nginx",
                "name=nginx;version=1\\.9.*;version_comparison=like | nginx",
                "name=nginx;version=1\\.9.*;version_comparison=not_like | ''",
                "name=nginx;version=1.9.2,1.9.3;version_comparison=in | nginx",
                "name=nginx;version=1.9.2,1.9.3;version_comparison=not_in | ''",
                "type=npm;name=lodash;version=5.0.0;version_comparison=< | lodash",
                "type=dpkg;name=lodash | ''",
            },
            delimiter = '|')
    void firesForEachPackageOfWhichAllHolds(String parameters, String fires) {
        var verdict = some().judge("packages", "metadata", parameters.split(";", -1));
        assertThat(names(verdict)).isEqualTo(fires.isEmpty() ? List.of() : List.of(fires.split(";", -1)));
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void saysWhatFired() {
        var result = some().judge(
                        "packages", "metadata", "type=npm", "name=lodash", "version=5.0.0", "version_comparison=<")
                .results()
                .getFirst();
        assertThat(result.message())
                .isEqualTo(
                        "The package lodash 4.17.9 (npm) is one that the rule denies: type = npm, name = lodash, version <"
                                + " 5.0.0");
        assertThat(result.stableId()).isEqualTo("packages:metadata:npm/lodash@4.17.9");
        assertThat(result.remedy().instruction(List.of("lodash 4.17.9"))).isEqualTo("Remove or replace lodash 4.17.9");
    }

    @Test
    void aVersionThatNobodyCanCompareLeavesTheRuleOpen() {
        var verdict = some().installed(PackageType.NPM, "odd", "not a version")
                .judge("packages", "metadata", "type=npm", "version=5.0.0", "version_comparison=<");
        assertThat(names(verdict)).containsExactly("lodash");
        assertThat(verdict.unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly("nobody knows how the versions of odd not a version compare with 5.0.0");
    }

    @Test
    void packagesThatWereNotReadLeaveItOpen() {
        var unread = some().unread("var/lib/dpkg/status", "line 3", "no field");
        assertThat(unread.judge("packages", "metadata", "type=deb", "name=x").unjudged())
                .hasSize(1);
        assertThat(unread.judge("packages", "metadata", "type=npm", "name=x").unjudged())
                .as("of a type that is not asked for")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/or 'type' or 'version' is needed",
                "name=a;type_comparison=in/is needed with 'type_comparison'",
                "name=a;version_comparison=</is needed with 'version_comparison'",
                "name=(;name_comparison=like/cannot be used",
                "version=1;version_comparison=~/must be one of",
                "name=a,,b;name_comparison=in/must be texts separated by commas",
            })
    void checksItsParameters(String row) {
        var parts = row.split("/", 2);
        var rule = parts[0].isEmpty() ? new String[0] : parts[0].split(";", -1);
        assertThat(BundleText.of()
                        .rule("STOP", "packages", "metadata", rule)
                        .reading(false)
                        .errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains(parts[1]));
    }

    @Test
    void hasAnIdOfItsMessage() {
        assertThat(some().judge("packages", "metadata", "name=bash").results())
                .extracting(RuleResult::triggerId)
                .containsExactly("5d8117a013a93f5d707aa1f01a5fba29");
    }
}
