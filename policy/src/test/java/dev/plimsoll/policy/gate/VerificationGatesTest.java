package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Collected.nothing;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.content.FileDeviation.Kind;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trigger `packages/verify`, and gate `verification`.
final class VerificationGatesTest {

    private static final String CURL = "pkg:deb/curl@7.88.1-10";
    private static final String CPP = "pkg:deb/libstdc%2B%2B6@12";

    private static Fixture verified() {
        return image().installed(PackageType.DEB, "curl", "7.88.1-10", "var/lib/dpkg/status")
                .file("usr/bin/curl", 0755)
                .with(nothing()
                        .verified(
                                new FileDeviation("usr/bin/curl", CURL, Kind.CHANGED, false),
                                new FileDeviation("usr/bin/curl", CURL, Kind.MODE, false),
                                new FileDeviation("usr/lib/libstdc++.so.6", CPP, Kind.MODE, false),
                                new FileDeviation("usr/lib64/b", CPP, Kind.MISSING, false),
                                new FileDeviation("usr/share/doc/curl/README", CURL, Kind.MISSING, false),
                                new FileDeviation("etc/curlrc", CURL, Kind.CHANGED, true)));
    }

    private static Verdict verify(String... parameters) {
        return verified().judge("packages", "verify", parameters);
    }

    private static List<String> keys(Verdict verdict) {
        return verdict.results().stream()
                .map(result -> result.stableId().substring(result.stableId().indexOf(':', 10) + 1))
                .map(id -> id.replace("deviation:", ""))
                .toList();
    }

    @Test
    void everyFileIsAResultWithAnchoresMessage() {
        assertThat(verify().results())
                .extracting(RuleResult::frozenMessage)
                .containsExactlyInAnyOrder(
                        "VERIFY check against package db for package 'curl' failed on entry '/usr/bin/curl' with status:"
                                + " 'changed'",
                        "VERIFY check against package db for package 'libstdc++6' failed on entry '/usr/lib/libstdc++.so.6'"
                                + " with status: 'changed'",
                        "VERIFY check against package db for package 'libstdc++6' failed on entry '/usr/lib64/b' with"
                                + " status: 'missing'",
                        "VERIFY check against package db for package 'curl' failed on entry '/usr/share/doc/curl/README'"
                                + " with status: 'missing'");
    }

    @Test
    void saysWhatItIsAboutAndWhatToDo() {
        var result = verify("only_packages=curl", "check=changed").results().getFirst();

        assertThat(result.message())
                .isEqualTo(
                        "/usr/bin/curl of the package curl has another content than the package database says and has"
                                + " another mode than the package database says");
        assertThat(result.item().orElseThrow().name()).isEqualTo("curl");
        assertThat(result.places()).extracting(place -> place.path()).containsExactly("usr/bin/curl");
        assertThat(result.remedy().instruction(List.of(result.remedy().subject())))
                .isEqualTo("Restore /usr/bin/curl (reinstall curl), or leave it as it was");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "only_packages=libstdc++6 | changed:/usr/lib/libstdc++.so.6 missing:/usr/lib64/b",
                "only_directories=/usr/lib | changed:/usr/lib/libstdc++.so.6",
                "only_directories=usr/lib/,/usr/lib64 | changed:/usr/lib/libstdc++.so.6 missing:/usr/lib64/b",
                "check=missing | missing:/usr/lib64/b missing:/usr/share/doc/curl/README",
                "check=changed | changed:/usr/bin/curl changed:/usr/lib/libstdc++.so.6",
                "ignore_documentation=true | changed:/usr/bin/curl changed:/usr/lib/libstdc++.so.6 missing:/usr/lib64/b",
            })
    void parametersChoose(String parameter, String keys) {
        assertThat(keys(verify(parameter))).containsExactlyInAnyOrder(keys.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "kinds=changed | changed:/usr/bin/curl",
                "kinds=MODE,missing | mode:/usr/bin/curl mode:/usr/lib/libstdc++.so.6 missing:/usr/lib64/b"
                        + " missing:/usr/share/doc/curl/README",
                "exclude=/usr/share/**,usr/lib*/* | changed+mode:/usr/bin/curl",
                "configuration_files=true | changed+mode:/usr/bin/curl mode:/usr/lib/libstdc++.so.6 missing:/usr/lib64/b"
                        + " missing:/usr/share/doc/curl/README changed:/etc/curlrc",
            })
    void theGateOfOurOwnChoosesByKindAndPath(String parameter, String keys) {
        var verdict = verified().judge("verification", "deviation", parameter);

        assertThat(keys(verdict)).containsExactlyInAnyOrder(keys.split(" ", -1));
        assertThat(verdict.results())
                .allSatisfy(result ->
                        assertThat("verification:" + result.triggerId()).isEqualTo(result.stableId()));
    }

    @ParameterizedTest
    @CsvSource({"packages, verify", "verification, deviation"})
    void whatWasNotVerifiedIsUnknownAndARunVerifies(String gate, String trigger) {
        assertThat(image().judge(gate, trigger).unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("files were not held against the package databases: the image was looked into without"
                        + " --verify-files");
        assertThat(BundleText.of()
                        .rule("STOP", gate, trigger)
                        .bundle(false)
                        .needs()
                        .verification())
                .isTrue();
        assertThat(image().with(nothing().verified()).judge(gate, trigger).decision())
                .isEqualTo(Decision.PASS);
        assertThat(image().with(nothing().verified())
                        .unread("", "verification", "over 100000 files deviate; the rest was left out")
                        .judge(gate, trigger)
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
    }
}
