package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MatchMemoryTest {

    private static final TestSource SOURCE = TestSource.of(
            TestRecord.of("DSA-1", "debian-dsa")
                    .alias("CVE-2026-1")
                    .severity(Severity.HIGH)
                    .source("debian:11", "openssl", "3.0.11-1"),
            TestRecord.of("CVE-2026-1", "debian")
                    .source("debian:11", "openssl", "3.0.11-1")
                    .source("debian:12", "openssl", "3.0.12-1"),
            TestRecord.of("GHSA-1", "ghsa").alias("CVE-2026-2").language("npm", "left", "<2.0.0", "2.0.0"),
            TestRecord.of("GO-1", "go").language("golang", "golang.org/x/net", "<0.17.0", "0.17.0"));

    /// Packages that differ in one thing each that what is found depends on.
    private static final List<Inventory> IMAGES = List.of(
            TestImage.of("debian:11")
                    .with(TestImage.deb("libssl3", "3.0.9-1", "openssl", "3.0.9-1"))
                    .build(),
            TestImage.of("debian:12")
                    .with(TestImage.deb("libssl3", "3.0.9-1", "openssl", "3.0.9-1"))
                    .build(),
            TestImage.of("debian:12")
                    .with(TestImage.deb("libssl3", "3.0.9-1", "other", "3.0.9-1"))
                    .with(TestImage.deb("libssl3", "3.0.12-1", "openssl", "3.0.12-1"))
                    .with(TestImage.deb("libssl3", "no:version!", "openssl", "no:version!"))
                    .build(),
            TestImage.of("debian:12")
                    .with(TestImage.language(PackageType.NPM, "left", "1.0.0"))
                    .build(),
            TestImage.of("debian:12")
                    .with(TestImage.ownedBy(
                            TestImage.language(PackageType.NPM, "left", "1.0.0"), "pkg:deb/debian/node-left@1.0.0"))
                    .build(),
            TestImage.withoutDistribution()
                    .with(TestImage.with(
                            TestImage.language(PackageType.NPM, "left", "1.0.0"), Map.of(PackageProperty.VENDOR, "me")))
                    .with(TestImage.language(PackageType.GOLANG, "golang.org/x/net", "v0.16.0"))
                    .build());

    @Test
    void saysOfEveryImageWhatTheMatcherSays() {
        for (var options : List.of(
                MatchOptions.DEFAULT,
                new MatchOptions(Optional.empty(), true),
                new MatchOptions(Distribution.parse("debian:11"), false))) {
            var memory = new MatchMemory(SOURCE, options);
            for (int time = 0; time < 2; time++) {
                for (var image : IMAGES) {
                    assertThat(memory.match(image)).isEqualTo(Matcher.match(image, SOURCE, options));
                }
            }
        }
        assertThat(Matcher.match(IMAGES.get(0), SOURCE, MatchOptions.DEFAULT).findings())
                .isNotEmpty();
        assertThat(Matcher.match(IMAGES.get(4), SOURCE, MatchOptions.DEFAULT).suppressed())
                .isNotEmpty();
    }

    @Test
    void remembersEachDistinctPackageOnce() {
        var memory = new MatchMemory(SOURCE, MatchOptions.DEFAULT);
        for (int time = 0; time < 2; time++) {
            IMAGES.forEach(memory::match);
        }
        // left of debian:12, the same owned, and left without a distribution are three
        assertThat(memory.size()).isEqualTo(9);
    }

    @Test
    void findingsAreOfTheImageThatIsAskedFor() {
        var memory = new MatchMemory(SOURCE, MatchOptions.DEFAULT);
        memory.match(IMAGES.get(3));
        var other = TestImage.of("debian:12")
                .with(TestImage.with(
                        TestImage.language(PackageType.NPM, "left", "1.0.0"), Map.of(PackageProperty.VENDOR, "me")))
                .build();
        assertThat(memory.match(other).findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.item()).isSameAs(other.packages().getFirst()));
    }
}
