package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which packages are products with a life cycle, and what is known of their release.
final class ProductsTest {

    @Test
    void aRuntimeOfItsOwnHasTheLifecycleOfItsRelease() {
        var found = only(TestImage.language(PackageType.GENERIC, "python", "3.8.19"));
        assertThat(found.product()).isEqualTo("python");
        assertThat(found.kind()).isEqualTo(ProductLifecycle.Kind.RUNTIME);
        assertThat(found.release()).isEqualTo("3.8.19");
        assertThat(found.byDistribution()).isFalse();
        assertThat(found.lifecycle())
                .contains(new Lifecycle("python", "3.8", Optional.of(LocalDate.of(2024, 10, 7)), false));
    }

    @Test
    void aReleaseThatNobodyKnowsHasNone() {
        assertThat(only(TestImage.language(PackageType.GENERIC, "python", "9.9.1"))
                        .lifecycle())
                .isEmpty();
        assertThat(only(TestImage.language(PackageType.GENERIC, "python", "unknown"))
                        .release())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "python3.11, 3.11.2-6+deb12u8, python, 3.11.2, true",
        "python3, 3.11.6-r0, python, 3.11.6, true",
        "nodejs, 18.20.4-1nodesource1, nodejs, 18.20.4, false",
        "nginx, 1.25.3-1~bookworm, nginx, 1.25.3, false",
        "nginx, 1.22.1-9+deb12u9, nginx, 1.22.1, true",
        "postgresql-15, 15.4-1.pgdg120+1, postgresql, 15.4, false",
        "php8.2-fpm, 8.2.7-1~deb12u1, php, 8.2.7, true",
        "temurin-17-jdk, 17.0.9.0.0+9-0, eclipse-temurin, 17.0.9.0.0, false",
        "openjdk-17-jre-headless, 17.0.9+9-1~deb12u1, openjdk, 17.0.9, true",
        "golang-1.19-go, 1.19.8-2, go, 1.19.8, true",
        "redis-server, 5:7.0.15-1~deb12u1, redis, 7.0.15, true"
    })
    void knowsThePackagesOfDistributions(
            String name, String version, String product, String release, boolean byDistribution) {
        var found = only(TestImage.deb(name, version));
        assertThat(List.of(found.product(), found.release(), found.byDistribution()))
                .containsExactly(product, release, byDistribution);
    }

    @Test
    void otherPackagesAreNone() {
        assertThat(products(
                        TestImage.deb("python3-requests", "2.28.1"),
                        TestImage.deb("libpython3.11-stdlib", "3.11.2"),
                        TestImage.deb("libnginx-mod-http-geoip", "1.22.1"),
                        TestImage.language(PackageType.PYPI, "python", "3.8.1"),
                        TestImage.language(PackageType.NPM, "nginx", "1.0.0")))
                .isEmpty();
    }

    @Test
    void theProgramOfAPackageThatIsTheProductIsToldOnce() {
        var program = TestImage.language(PackageType.GENERIC, "python", "3.11.2");
        assertThat(products(
                        TestImage.deb("python3.11-minimal", "3.11.2-6"),
                        TestImage.ownedBy(program, "pkg:deb/debian/python3.11-minimal@3.11.2-6")))
                .extracting(found -> found.item().type())
                .containsExactly(PackageType.DEB);
    }

    @Test
    void aProgramInAnotherPackageIsTheDistributionsToMend() {
        var program = TestImage.language(PackageType.GENERIC, "python", "3.8.19");
        assertThat(only(TestImage.ownedBy(program, "pkg:deb/debian/blender@3.4"))
                        .byDistribution())
                .isTrue();
        assertThat(only(TestImage.ownedBy(program, "pkg:deb/x/something@3.4-1nodesource1"))
                        .byDistribution())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "openjdk, 17.0.9, Eclipse Adoptium, eclipse-temurin, 17.0.9",
        "openjdk, 1.8.0_402, Amazon.com Inc., amazon-corretto, 8.0",
        "openjdk, 21.0.1, Oracle Corporation, openjdk-builds-from-oracle, 21.0.1",
        "openjdk, 21.0.1, Somebody, openjdk, 21.0.1",
        "jdk, 21.0.1, Oracle Corporation, oracle-jdk, 21.0.1",
        "zulu, 17.0.9, 'Azul Systems, Inc.', azul-zulu, 17.0.9"
    })
    void javaIsItsMakers(String name, String version, String vendor, String product, String release) {
        var plain = TestImage.language(PackageType.GENERIC, name, version);
        var found = only(new ImagePackage(
                plain.purl(),
                plain.type(),
                plain.name(),
                plain.version(),
                plain.source(),
                plain.architecture(),
                plain.modularity(),
                plain.evidence(),
                plain.analyzer(),
                plain.locations(),
                plain.layer(),
                plain.licenses(),
                plain.ownedFiles(),
                plain.ownedBy(),
                List.of(),
                List.of(),
                Map.of(PackageProperty.VENDOR, vendor)));
        assertThat(found.product()).isEqualTo(product);
        assertThat(found.release()).isEqualTo(release);
    }

    @Test
    void frameworksAreAKindOfTheirOwn() {
        var found = only(TestImage.language(PackageType.MAVEN, "org.springframework.boot:spring-boot", "2.7.18"));
        assertThat(found.product()).isEqualTo("spring-boot");
        assertThat(found.kind()).isEqualTo(ProductLifecycle.Kind.FRAMEWORK);
        assertThat(only(TestImage.language(PackageType.GOLANG, "stdlib", "1.20.7"))
                        .product())
                .isEqualTo("go");
    }

    @Test
    void comeSorted() {
        assertThat(products(
                        TestImage.language(PackageType.GENERIC, "redis", "7.2.1"),
                        TestImage.language(PackageType.GENERIC, "python", "3.9.1"),
                        TestImage.language(PackageType.GENERIC, "python", "3.8.19")))
                .extracting(ProductLifecycle::product, ProductLifecycle::release)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("python", "3.8.19"),
                        org.assertj.core.groups.Tuple.tuple("python", "3.9.1"),
                        org.assertj.core.groups.Tuple.tuple("redis", "7.2.1"));
    }

    private static ProductLifecycle only(ImagePackage item) {
        var found = products(item);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<ProductLifecycle> products(ImagePackage... items) {
        var image = TestImage.of("debian:12");
        for (var item : items) {
            image.with(item);
        }
        return Matcher.match(image.build(), TestSource.of(), MatchOptions.DEFAULT)
                .products();
    }
}
