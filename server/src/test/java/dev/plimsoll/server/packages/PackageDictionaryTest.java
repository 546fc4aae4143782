package dev.plimsoll.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.matching.DistinctPackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.server.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PackageDictionaryTest {

    private static DistinctPackage npm(String name, String version) {
        return new DistinctPackage(
                Optional.empty(),
                PackageUrl.of(PackageType.NPM, "", "x", "1", Map.of()),
                PackageType.NPM,
                name,
                version,
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                Optional.empty());
    }

    private static final DistinctPackage FULL = new DistinctPackage(
            Optional.of(new DistributionRelease("almalinux", "8")),
            PackageUrl.parse("pkg:rpm/almalinux/npm@1?arch=x86_64").orElseThrow(),
            PackageType.RPM,
            "npm",
            "1:8.19.4-1.18.20.8.1.module_el8",
            Optional.of(new SourcePackage("nodejs", "18.20.8-1")),
            "x86_64",
            "nodejs:18:8100020250402090823:489197e6",
            PackageUrl.parse("pkg:rpm/almalinux/owner@1"),
            Optional.of("symbols \"quoted\""));

    @Test
    void readsWhatItWrote() {
        try (var test = TestDatabase.create()) {
            var items = List.of(
                    FULL, npm("left", "1.0.0"), npm("", ""), npm("odd\0name", "1\0"), npm("odd\uFFFDname", "1"));
            test.database().jdbi().useTransaction(handle -> {
                var known = PackageDictionary.ensure(handle, items);
                assertThat(known.fresh()).hasSize(5);
                assertThat(PackageDictionary.load(handle, known.ids().values()).values())
                        .containsExactlyInAnyOrderElementsOf(items);
                var again = PackageDictionary.ensure(handle, items);
                assertThat(again.ids()).isEqualTo(known.ids());
                assertThat(again.fresh()).isEmpty();
            });
        }
    }

    @Test
    void indexesWhatItIsLookedUpBy() {
        try (var test = TestDatabase.create()) {
            test.database().jdbi().useTransaction(handle -> {
                PackageDictionary.ensure(handle, List.of(FULL));
                assertThat(handle.createQuery("select ecosystem || ' ' || name from package_search order by 1")
                                .mapTo(String.class)
                                .list())
                        .containsExactly("almalinux:8 nodejs", "almalinux:8 npm");
            });
        }
    }

    @Test
    void severalMayAddTheSameAtOnce() throws Exception {
        var items = IntStream.range(0, 400)
                .mapToObj(i -> npm("package" + i, "1.0.0"))
                .toList();
        try (var test = TestDatabase.create();
                var threads = Executors.newFixedThreadPool(4)) {
            var tasks = new ArrayList<Callable<Map<DistinctPackage, Integer>>>();
            for (int i = 0; i < 12; i++) {
                var shuffled = new ArrayList<>(items);
                Collections.shuffle(shuffled, new Random(i));
                tasks.add(() -> test.database()
                        .jdbi()
                        .<Map<DistinctPackage, Integer>, RuntimeException>inTransaction(
                                handle -> PackageDictionary.ensure(handle, shuffled.subList(0, 300))
                                        .ids()));
            }
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).hasSize(300).doesNotContainValue(null);
            }
            assertThat(test.database()
                            .jdbi()
                            .<Integer, RuntimeException>withHandle(
                                    handle -> handle.createQuery("select count(*) from package")
                                            .mapTo(Integer.class)
                                            .one()))
                    .isEqualTo(400);
        }
    }
}
