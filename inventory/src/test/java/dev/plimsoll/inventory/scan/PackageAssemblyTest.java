package dev.plimsoll.inventory.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.analysis.AnalysisSettings.DeclaredPackages;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Facts of several files made to packages: which count, what they need, what is one.
final class PackageAssemblyTest {

    private static final AnalyzerId LOCK = new AnalyzerId("lock", 1);

    private final List<LayerFound> found = new ArrayList<>();

    private static PackageFound npm(String name, String version) {
        return PackageFound.ofLanguage(PackageType.NPM, "", name, version, List.of(), "");
    }

    private PackageAssemblyTest file(String path, PackageFound... facts) {
        found.add(new LayerFound(0, new Found(path, LOCK, List.of(facts))));
        return this;
    }

    private List<ImagePackage> packages(DeclaredPackages asked) throws Exception {
        var tree = FileTree.merge(List.of(), 1_000, Deadline.after(java.time.Duration.ofMinutes(1)));
        return new PackageAssembly(tree, Optional.empty(), found, found, asked, OptionalInt::of).packages();
    }

    private List<String> purls(DeclaredPackages asked) throws Exception {
        return packages(asked).stream()
                .map(item -> item.purl() + " " + item.evidence())
                .sorted()
                .toList();
    }

    @Test
    void aLockFileOfWhichNothingIsInstalledCounts() throws Exception {
        file("app/node_modules/a/package.json", npm("a", "1"))
                .file(
                        "app/package-lock.json",
                        npm("b", "1").declared(),
                        npm("c", "2").declared());

        assertThat(purls(DeclaredPackages.AUTO))
                .containsExactly("pkg:npm/a@1 INSTALLED", "pkg:npm/b@1 DECLARED", "pkg:npm/c@2 DECLARED");
        assertThat(purls(DeclaredPackages.NEVER)).containsExactly("pkg:npm/a@1 INSTALLED");
    }

    @Test
    void aLockFileThatWasInstalledDoesNot() throws Exception {
        file(
                        "app/package-lock.json",
                        npm("a", "1").declared(),
                        npm("for-tests", "2").declared())
                .file("app/node_modules/a/package.json", npm("a", "1"));

        assertThat(purls(DeclaredPackages.AUTO)).containsExactly("pkg:npm/a@1 INSTALLED");
        assertThat(purls(DeclaredPackages.ALWAYS))
                .containsExactly("pkg:npm/a@1 INSTALLED", "pkg:npm/for-tests@2 DECLARED");
    }

    @Test
    void aLockFileInAPackageOfOthersDoesNot() throws Exception {
        file("app/node_modules/x/package-lock.json", npm("b", "1").declared());

        assertThat(purls(DeclaredPackages.AUTO)).isEmpty();
    }

    @Test
    void whatIsInstalledAndDeclaredIsOnePackageWithBothPlaces() throws Exception {
        file("lock", npm("a", "1").declared().withProperties(Map.of(PackageProperty.SCOPE, "development")))
                .file("node_modules/a/package.json", npm("a", "1"));

        var item = packages(DeclaredPackages.ALWAYS).getFirst();
        assertThat(item.evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(item.locations())
                .extracting(place -> place.path())
                .containsExactly("lock", "node_modules/a/package.json");
        assertThat(item.properties()).isEmpty();
    }

    @Test
    void whatAPackageNeedsIsFoundFromTheInsideOutwards() throws Exception {
        file("app/node_modules/a/package.json", npm("a", "1").withDependencies(List.of("b", "c", "absent", "a")))
                .file("app/node_modules/a/node_modules/b/package.json", npm("b", "1"))
                .file("app/node_modules/b/package.json", npm("b", "2").withDependencies(List.of("c@1")))
                .file("other/node_modules/c/package.json", npm("c", "1"))
                .file("app/node_modules/c/package.json", npm("c", "3"));

        var needed = packages(DeclaredPackages.AUTO);
        assertThat(needed)
                .filteredOn(item -> item.name().equals("a"))
                .singleElement()
                .satisfies(item -> assertThat(item.dependencies().stream().map(Object::toString))
                        .containsExactly("pkg:npm/b@1", "pkg:npm/c@3"));
        assertThat(needed)
                .filteredOn(item -> item.version().equals("2"))
                .singleElement()
                .satisfies(item -> assertThat(item.dependencies().stream().map(Object::toString))
                        .containsExactly("pkg:npm/c@1"));
    }

    @Test
    void aNameThatAnotherPackageProvidesIsFound() throws Exception {
        found.add(new LayerFound(
                0,
                new Found(
                        "lib/apk/db/installed",
                        LOCK,
                        List.of(
                                distribution("a").withDependencies(List.of("so:libz.so.1")),
                                distribution("zlib")
                                        .withProperties(Map.of(PackageProperty.PROVIDES, "so:libz.so.1 so:other"))))));

        assertThat(packages(DeclaredPackages.AUTO).getFirst().dependencies().stream()
                        .map(Object::toString))
                .containsExactly("pkg:apk/zlib@1");
    }

    private static PackageFound distribution(String name) {
        return PackageFound.ofLanguage(PackageType.APK, "", name, "1", List.of(), "");
    }
}
