package dev.plimsoll.inventory.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.Fact;
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

    @Test
    void programsThatNoPackageOwnsAndNothingIdentifiesAreNamed() throws Exception {
        program("usr/bin/owned").program("opt/identified").program("opt/unknown");
        file("opt/identified", npm("told", "1"));
        database(owning("usr/bin/owned"));

        assertThat(unidentified())
                .containsExactly("opt/unknown: a program (ELF) that no package owns and nothing identifies");
    }

    @Test
    void ofManyUnidentifiedProgramsTheRestIsCounted() throws Exception {
        for (int i = 0; i < UnidentifiedPrograms.MAX_NAMED + 3; i++) {
            program("opt/%04d".formatted(i));
        }

        assertThat(unidentified())
                .hasSize(UnidentifiedPrograms.MAX_NAMED + 1)
                .last()
                .isEqualTo("opt/0200: and 3 programs in all from here on that no package owns and nothing identifies");
    }

    @Test
    void whatTheBytesOfAListedPackagesProgramTellSaysNothingMore() throws Exception {
        database(owning("usr/bin/bash"));
        file("usr/bin/bash", guessed()).file("opt/bash", npm("bash-of-npm", "1"));

        assertThat(purls(DeclaredPackages.AUTO))
                .containsExactly("pkg:deb/owner@1 INSTALLED", "pkg:npm/bash-of-npm@1 INSTALLED");
    }

    @Test
    void aProgramThatNobodyOwnsIsWhatItsBytesTell() throws Exception {
        database(owning("usr/bin/bash"));
        file("opt/bash", guessed());

        assertThat(purls(DeclaredPackages.AUTO)).contains("pkg:generic/bash@5.2 INSTALLED");
    }

    private static PackageFound guessed() {
        return PackageFound.ofLanguage(PackageType.GENERIC, "", "bash", "5.2", List.of(), "")
                .withProperties(Map.of(PackageProperty.CONFIDENCE, "low"));
    }

    private static PackageFound owning(String path) {
        return new PackageFound(
                PackageType.DEB,
                "",
                "owner",
                "1",
                Optional.empty(),
                "",
                "",
                Evidence.INSTALLED,
                "owner",
                Map.of(),
                List.of(),
                List.of(path),
                "");
    }

    private void database(PackageFound found) {
        file("var/lib/dpkg/status", found);
    }

    private PackageAssemblyTest program(String path) {
        found.add(new LayerFound(0, new Found(path, LOCK, List.of(new Fact.Executable("ELF")))));
        return this;
    }

    private List<String> unidentified() throws Exception {
        var tree = FileTree.merge(List.of(), 1_000, Deadline.after(java.time.Duration.ofMinutes(1)));
        var assembly =
                new PackageAssembly(tree, Optional.empty(), found, found, DeclaredPackages.AUTO, OptionalInt::of);
        assembly.packages();
        return assembly.unidentified().stream()
                .map(unknown -> unknown.path() + ": " + unknown.reason())
                .toList();
    }

    private static PackageFound distribution(String name) {
        return PackageFound.ofLanguage(PackageType.APK, "", name, "1", List.of(), "");
    }
}
