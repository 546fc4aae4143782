package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.Background.InputFile;
import dev.plimsoll.policy.background.PackageIndexReader;
import dev.plimsoll.purl.PackageType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gates `npms` and `ruby_gems`.
final class RegistryGateTest {

    private static final String INDEX = """
            packages:
              npm:
                lodash: {latest: 4.17.21, versions: [4.17.20, 4.17.21]}
                beta: {latest: 1.0.0, versions: [1.0.0]}
                bare: {}
              gem:
                rack: {latest: 3.1.8, versions: [2.2.10, 3.1.8]}
            """;

    private static Fixture indexed(String index) {
        try {
            return image().with(Background.none()
                    .withPackageIndex(
                            PackageIndexReader.read(index.getBytes(StandardCharsets.UTF_8)),
                            new InputFile("package-index", "sha256:" + "0".repeat(64))));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> frozen(Verdict verdict) {
        return verdict.results().stream().map(RuleResult::frozenMessage).toList();
    }

    private static List<String> reasons(Verdict verdict) {
        return verdict.unjudged().stream().map(Verdict.Unjudged::reason).toList();
    }

    /// Gate, trigger, package, version, and Anchore's message; empty where it stays quiet.
    @ParameterizedTest
    @CsvSource(
            value = {
                "npms | newer_version_in_feed | lodash | 4.17.20 | NPMNOTLATEST Package (lodash) version (4.17.20) installed but is not the latest version (4.17.21)",
                "npms | newer_version_in_feed | lodash | 4.17.21 | ''",
                "npms | newer_version_in_feed | beta | 2.0.0 | ''",
                "npms | newer_version_in_feed | beta | 1.0.0+build | ''",
                "npms | newer_version_in_feed | ghost | 1.0.0 | ''",
                "npms | unknown_in_feeds | ghost | 1.0.0 | NPMNOTOFFICIAL Package (ghost) in container but not in official NPM feed.",
                "npms | unknown_in_feeds | lodash | 9.9.9 | ''",
                "npms | version_not_in_feeds | lodash | 4.17.19 | NPMBADVERSION Package (lodash) version (4.17.19) installed but version is not in the official feed for this package (['4.17.20', '4.17.21'])",
                "npms | version_not_in_feeds | lodash | 4.17.20 | ''",
                "npms | version_not_in_feeds | ghost | 1.0.0 | ''",
                "ruby_gems | newer_version_found_in_feed | rack | 2.2.10 | Package (rack) version (2.2.10) installed but is not the latest version (3.1.8)",
                "ruby_gems | newer_version_found_in_feed | rack | 3.1.8 | ''",
                "ruby_gems | not_found_in_feed | ghost | 1.0.0 | GEMNOTOFFICIAL Package (ghost) in container but not in official GEM feed.",
                "ruby_gems | not_found_in_feed | rack | 1.0.0 | ''",
                "ruby_gems | version_not_found_in_feed | rack | 2.2.9 | GEMBADVERSION Package (rack) version (2.2.9) installed but version is not in the official feed for this package (['2.2.10', '3.1.8'])",
                "ruby_gems | version_not_found_in_feed | rack | 2.2.10 | ''",
            },
            delimiter = '|')
    void asksTheIndex(String gate, String trigger, String name, String version, String message) {
        var type = gate.equals("npms") ? PackageType.NPM : PackageType.GEM;
        var verdict = indexed(INDEX)
                .installed(type, name, version, "one", "two")
                .installed(type, name, version, "three")
                .installed(PackageType.PYPI, name, version)
                .judge(gate, trigger);
        assertThat(frozen(verdict)).isEqualTo(message.isEmpty() ? List.of() : List.of(message));
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void saysWhatToDo() {
        var result = indexed(INDEX)
                .installed(PackageType.NPM, "lodash", "4.17.20")
                .judge("npms", "newer_version_in_feed")
                .results()
                .getFirst();
        assertThat(result.message()).isEqualTo("The package lodash 4.17.20 is not the newest, which is 4.17.21");
        assertThat(result.stableId()).isEqualTo("npms:newer_version_in_feed:lodash@4.17.20");
        assertThat(result.remedy().instruction(List.of())).isEqualTo("Upgrade lodash to 4.17.21");
    }

    @ParameterizedTest
    @CsvSource({
        "npms, newer_version_in_feed",
        "npms, unknown_in_feeds",
        "npms, version_not_in_feeds",
        "ruby_gems, newer_version_found_in_feed",
        "ruby_gems, not_found_in_feed",
        "ruby_gems, version_not_found_in_feed",
    })
    void withoutAnIndexNobodyKnows(String gate, String trigger) {
        var type = gate.equals("npms") ? PackageType.NPM : PackageType.GEM;
        assertThat(reasons(image().installed(type, "a", "1").judge(gate, trigger)))
                .singleElement()
                .asString()
                .endsWith("is not known: give --package-index with packages of type " + type.purlType());
        assertThat(reasons(indexed("packages: {pypi: {}}")
                        .installed(type, "a", "1")
                        .judge(gate, trigger)))
                .as("an index of others")
                .hasSize(1);
        assertThat(image().judge(gate, trigger).decision())
                .as("nothing is asked where there are no such packages")
                .isEqualTo(Decision.PASS);
    }

    @Test
    void whatTheIndexLeavesOutIsNotKnown() {
        var bare = indexed(INDEX).installed(PackageType.NPM, "bare", "1.0.0");
        assertThat(reasons(bare.judge("npms", "newer_version_in_feed")))
                .containsExactly("the package index does not tell the newest version of bare");
        assertThat(reasons(bare.judge("npms", "version_not_in_feeds")))
                .containsExactly("the package index does not tell the versions of bare");
        assertThat(reasons(indexed(INDEX)
                        .installed(PackageType.NPM, "lodash", "from git")
                        .judge("npms", "newer_version_in_feed")))
                .containsExactly("the package index does not tell whether lodash from git is older than 4.17.21");
    }

    @ParameterizedTest
    @CsvSource({
        "npms, denylisted_name_version, NPM Package is blacklisted: a",
        "npms, blacklisted_name_version, NPM Package is blacklisted: a",
        "ruby_gems, denylist, Gem Package is blacklisted: a",
        "ruby_gems, blacklist, Gem Package is blacklisted: a",
    })
    void deniesPackagesWithoutAnIndex(String gate, String trigger, String message) {
        var type = gate.equals("npms") ? PackageType.NPM : PackageType.GEM;
        var image = image().installed(type, "a", "1.0").installed(type, "b", "1.0");
        assertThat(frozen(image.judge(gate, trigger, "name=a"))).containsExactly(message);
        assertThat(frozen(image.judge(gate, trigger, "name=a", "version=1.0"))).containsExactly(message + "-1.0");
        assertThat(frozen(image.judge(gate, trigger, "name=a", "version=2.0"))).isEmpty();
        assertThat(frozen(image.judge(gate, trigger, "name=c"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "npms, NPM packages are present but the anchore npm feed is not available - will be unable to perform checks that require feed data",
        "ruby_gems, Gem packages are present but the anchore gem feed is not available - will be unable to perform checks that require feed data",
    })
    void tellsThatThereIsNoIndex(String gate, String message) {
        var type = gate.equals("npms") ? PackageType.NPM : PackageType.GEM;
        assertThat(frozen(image().installed(type, "a", "1").judge(gate, "feed_data_unavailable")))
                .containsExactly(message);
        assertThat(frozen(image().judge(gate, "feed_data_unavailable"))).isEmpty();
        assertThat(frozen(indexed(INDEX).installed(type, "a", "1").judge(gate, "feed_data_unavailable")))
                .isEmpty();
    }

    @Test
    void theVerdictNamesTheIndex() {
        assertThat(indexed(INDEX).judge("npms", "unknown_in_feeds").inputs().toString())
                .contains("package-index");
    }
}
