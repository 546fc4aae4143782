package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DistinctPackageTest {

    private static final Optional<DistributionRelease> DEBIAN = Optional.of(new DistributionRelease("debian", "12"));

    private static List<String> lookUps(DistinctPackage item) {
        return item.lookUps().stream()
                .map(lookUp -> lookUp.ecosystem() + " " + lookUp.name())
                .toList();
    }

    @Test
    void tellsUnderWhichNamesItIsLookedUp() {
        assertThat(lookUps(DistinctPackage.of(DEBIAN, TestImage.deb("libssl3", "3.0", "openssl", "3.0"))))
                .containsExactly("debian:12 libssl3", "debian:12 openssl");
        assertThat(lookUps(DistinctPackage.of(DEBIAN, TestImage.deb("zlib", "1"))))
                .containsExactly("debian:12 zlib");
        assertThat(lookUps(DistinctPackage.of(DEBIAN, TestImage.language(PackageType.PYPI, "Zope.Interface", "1"))))
                .containsExactly("pypi zope-interface");
        assertThat(lookUps(DistinctPackage.of(DEBIAN, TestImage.apk("zlib", "1", "zlib"))))
                .isEmpty();
        assertThat(lookUps(DistinctPackage.of(Optional.empty(), TestImage.deb("zlib", "1"))))
                .isEmpty();
    }

    @Test
    void findsWithoutAnImageWhatIsFoundOfIt() {
        var source = TestSource.of(TestRecord.of("DSA-1", "debian-dsa")
                .alias("CVE-2026-1")
                .severity(Severity.HIGH)
                .source("debian:12", "openssl", "3.0.11-1"));
        var item = TestImage.with(
                TestImage.deb("libssl3", "3.0.9-1", "openssl", "3.0.9-1"), Map.of(PackageProperty.VENDOR, "somebody"));
        var found = new MatchMemory(source, MatchOptions.DEFAULT, 0).of(DistinctPackage.of(DEBIAN, item));
        assertThat(found.findings().stream().map(finding -> finding.of(item)))
                .isEqualTo(Matcher.match(TestImage.of("debian:12").with(item).build(), source, MatchOptions.DEFAULT)
                        .findings())
                .hasSize(1);
    }

    @Test
    void tellsWhichProductsItMayBe() {
        assertThat(DistinctPackage.of(DEBIAN, TestImage.deb("python3.11-minimal", "3.11.2-6"))
                        .products())
                .containsExactly("python");
        assertThat(DistinctPackage.of(DEBIAN, TestImage.deb("openjdk-17-jre-headless", "17.0.1"))
                        .products())
                .contains("openjdk-builds-from-oracle", "eclipse-temurin");
        assertThat(DistinctPackage.of(DEBIAN, TestImage.deb("zlib", "1")).products())
                .isEmpty();
    }
}
