package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.bundle.BundleReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageSourceDriftGateTest {

    @ParameterizedTest
    @ValueSource(strings = {"package_downgraded", "package_removed", "no_related_sources"})
    void isAcceptedAndDoesNothingAndSaysSo(String trigger) {
        var text = BundleText.of().rule("STOP", "image_source_drift", trigger, "package_types=npm,python");
        var reading = BundleReader.read("test.json", text.json().getBytes(StandardCharsets.UTF_8));

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString())
                        .contains("/trigger")
                        .contains("the rule does nothing: it compares with a source repository's packages that only"
                                + " Anchore's server keeps")
                        .contains("tag_drift"));
        assertThat(image().judge(text).decision()).isEqualTo(Decision.PASS);
    }
}
