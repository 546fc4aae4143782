package dev.plimsoll.policy.license;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.rule.ValueType;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Licences as rules name them, and as packages do.
final class LicenseTypesTest {

    @ParameterizedTest
    @CsvSource({
        "MIT, MIT",
        "gpl-3.0, GPL-3.0-only",
        "GPLv3+, GPL-3.0-or-later",
        "GPL-2.0+, GPL-2.0-or-later",
        "Apache 2, Apache-2.0",
        "GPL-2.0-only WITH Classpath-exception-2.0, GPL-2.0-only WITH Classpath-exception-2.0",
        "LicenseRef-Ours, LicenseRef-Ours"
    })
    void readsALicence(String text, String license) {
        assertThat(LicenseTypes.license(text).orElseThrow()).hasToString(license);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MTI", "MIT OR Zlib", "MIT AND Zlib", "do as you like"})
    void whatIsNoSingleLicenceIsRefused(String text) {
        assertThat(LicenseTypes.LICENSES.parse("MIT," + text, false))
                .isInstanceOfSatisfying(
                        ValueType.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .startsWith("must be SPDX identifiers separated by commas")
                                .endsWith("; '" + text + "' is none"));
    }

    @Test
    void refusesOtherCategoriesAndExceptions() {
        assertThat(LicenseTypes.CATEGORIES.parse("copyleft", false))
                .isInstanceOfSatisfying(
                        ValueType.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains("weak-copyleft")
                                .endsWith("; 'copyleft' is none"));
        assertThat(LicenseTypes.CATEGORIES.parse("Weak-Copyleft, public-domain", false))
                .isEqualTo(
                        new ValueType.Value<>(List.of(LicenseCategory.WEAK_COPYLEFT, LicenseCategory.PUBLIC_DOMAIN)));
        assertThat(LicenseTypes.EXCEPTIONS.parse("classpath-exception-2.0", false))
                .isEqualTo(new ValueType.Value<>(List.of("Classpath-exception-2.0")));
        assertThat(LicenseTypes.EXCEPTIONS.parse("", false)).isInstanceOf(ValueType.Rejected.class);
        assertThat(LicenseTypes.EXCEPTIONS.parse("MIT", false)).isInstanceOf(ValueType.Rejected.class);
    }

    @Test
    void readsTheSameWordsOnce() {
        var readings = new LicenseReadings();
        var one = readings.of(Fixture.item(PackageType.DEB, "a", "1", List.of("GPL-2+", "Expat"), List.of(), Map.of()));
        var other =
                readings.of(Fixture.item(PackageType.DEB, "b", "2", List.of("Expat", "GPL-2+"), List.of(), Map.of()));
        assertThat(one.licensing().orElseThrow().expression()).hasToString("MIT AND GPL-2.0-or-later");
        assertThat(other).isSameAs(one);
        assertThat(readings.of(Fixture.item(PackageType.DEB, "c", "1")).licensing())
                .isEmpty();
    }

    @Test
    void theSameWordsMeanAChoiceElsewhere() {
        var readings = new LicenseReadings();
        readings.of(Fixture.item(PackageType.DEB, "a", "1", List.of("MIT", "Zlib"), List.of(), Map.of()));
        assertThat(readings.of(Fixture.item(PackageType.GEM, "a", "1", List.of("MIT", "Zlib"), List.of(), Map.of()))
                        .licensing()
                        .orElseThrow()
                        .expression())
                .hasToString("MIT OR Zlib");
    }
}
