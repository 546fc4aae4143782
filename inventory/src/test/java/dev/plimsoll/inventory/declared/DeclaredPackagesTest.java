package dev.plimsoll.inventory.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeclaredPackagesTest {

    private final List<PackageFound> found = new ArrayList<>();
    private final List<String> unknowns = new ArrayList<>();

    private final DeclaredPackages packages = new DeclaredPackages(PackageType.NPM, new FactSink() {
        @Override
        public void add(Fact fact) {
            found.add((PackageFound) fact);
        }

        @Override
        public void unknown(String place, String reason) {
            unknowns.add(reason);
        }
    });

    @Test
    void entriesOfOnePackageAreOne() {
        packages.add(DeclaredPackage.of("", "a", "1").needing(List.of("b")).in(Scope.DEVELOPMENT));
        packages.add(DeclaredPackage.of("", "b", "2").in(Scope.OPTIONAL).digest("sha256:00"));
        packages.add(DeclaredPackage.of("", "a", "1").needing(List.of("c", "b")).licensed(List.of("MIT")));
        packages.finish();

        assertThat(unknowns).isEmpty();
        assertThat(found).extracting(PackageFound::name).containsExactly("a", "b");
        assertThat(found.getFirst().evidence()).isEqualTo(Evidence.DECLARED);
        assertThat(found.getFirst().dependencies()).containsExactly("b", "c");
        assertThat(found.getFirst().licenses()).containsExactly("MIT");
        assertThat(found.getFirst().properties()).isEmpty();
        assertThat(found.getLast().properties())
                .isEqualTo(Map.of(PackageProperty.SCOPE, "optional", PackageProperty.DIGEST, "sha256:00"));
    }

    @Test
    void whatIsNoNameOrVersionIsUnknown() {
        packages.add(DeclaredPackage.of("", " ", "1"));
        packages.add(DeclaredPackage.of("@s", "a", ""));
        packages.add(DeclaredPackage.of("", "a", "1\t2"));
        packages.add(DeclaredPackage.of("", "x".repeat(ListedPackages.MAX_NAME + 1), "1"));
        packages.finish();

        assertThat(found).isEmpty();
        assertThat(unknowns)
                .containsExactly(
                        "a package without a name",
                        "'@s/a' without a version",
                        "'a 1?2' is no name and version",
                        "'" + "x".repeat(100) + "…' is no name and version");
    }

    @Test
    void moreThanTheLimitIsSaid() {
        IntStream.rangeClosed(0, ListedPackages.MAX_PACKAGES + 5)
                .forEach(i -> packages.add(DeclaredPackage.of("", "a" + i, "1")));
        packages.add(DeclaredPackage.of("", "a0", "1").in(Scope.OPTIONAL));
        packages.finish();

        assertThat(found).hasSize(ListedPackages.MAX_PACKAGES);
        assertThat(unknowns)
                .containsExactly("over " + ListedPackages.MAX_PACKAGES + " packages; the rest was not read");
    }

    @Test
    void dependenciesOfAllTogetherHaveALimit() {
        var needed = IntStream.range(0, ListedPackages.MAX_DEPENDENCIES + 1)
                .mapToObj(i -> "d" + i)
                .toList();
        var most = DeclaredPackages.MAX_DEPENDENCIES / ListedPackages.MAX_DEPENDENCIES;
        for (int i = 0; i <= most; i++) {
            packages.add(DeclaredPackage.of("", "a" + i, "1").needing(needed));
        }
        packages.finish();

        assertThat(found.getFirst().dependencies()).hasSize(ListedPackages.MAX_DEPENDENCIES);
        assertThat(found.get(most - 1).dependencies()).isNotEmpty();
        assertThat(found.get(most).dependencies()).isEmpty();
        assertThat(unknowns)
                .containsExactly("over " + DeclaredPackages.MAX_DEPENDENCIES + " dependencies; the rest was not read");
    }
}
