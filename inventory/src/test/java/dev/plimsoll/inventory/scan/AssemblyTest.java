package dev.plimsoll.inventory.scan;

import static dev.plimsoll.inventory.scan.LayeredImage.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.purl.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What several layers make of one another's evidence.
final class AssemblyTest {

    private static final String STATUS = "var/lib/dpkg/status";
    private static final String DEBIAN = "ID=debian\nVERSION_ID=\"12\"\n";

    @TempDir
    private Path folder;

    private static String installed(String name, String version) {
        return "Package: " + name + "\nStatus: install ok installed\nVersion: " + version + "\nArchitecture: amd64\n\n";
    }

    private static String lodash(String version) {
        return "{\"name\":\"lodash\",\"version\":\"" + version + "\",\"license\":\"MIT\"}";
    }

    private static ImagePackage the(String name, Inventory inventory) {
        var found = inventory.packages().stream()
                .filter(item -> item.name().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static List<String> names(Inventory inventory) {
        return inventory.packages().stream()
                .map(item -> item.name() + " " + item.version())
                .toList();
    }

    @Test
    void onlyTheUppermostDatabaseCountsAndTheLowestLayerThatListsAPackageBroughtIt() {
        var inventory = LayeredImage.of(
                        layer().file(
                                        STATUS,
                                        installed("kept", "1") + installed("upgraded", "1") + installed("gone", "1")),
                        layer().file("srv/x", ""),
                        layer().file(
                                        STATUS,
                                        installed("kept", "1") + installed("upgraded", "2") + installed("new", "1")),
                        layer().file(
                                        STATUS,
                                        installed("kept", "1") + installed("upgraded", "2") + installed("new", "1")))
                .scan(folder);

        assertThat(inventory.packages())
                .extracting(item -> item.name() + " " + item.version() + " from "
                        + item.layer().orElseThrow())
                .containsExactly("kept 1 from 0", "new 1 from 2", "upgraded 2 from 2");
        assertThat(inventory.packages()).allMatch(item -> item.locations().equals(List.of(new Location(STATUS, 3))));
    }

    @Test
    void evidenceThatAHigherLayerRemovesIsNone() {
        var inventory = LayeredImage.of(
                        layer().file("a/node_modules/lodash/package.json", lodash("1.0.0"))
                                .file("b/node_modules/lodash/package.json", lodash("2.0.0"))
                                .file("c/node_modules/lodash/package.json", lodash("3.0.0"))
                                .file("d/node_modules/lodash/package.json", lodash("4.0.0"))
                                .file("e/node_modules/bad/package.json", "{"),
                        layer().without("a/node_modules/lodash/package.json")
                                .without("b")
                                .file("c/node_modules/.wh..wh..opq", "")
                                .without("e"))
                .scan(folder);

        assertThat(names(inventory)).containsExactly("lodash 4.0.0");
        assertThat(inventory.unknowns()).isEmpty();
    }

    @Test
    void aLanguagesPackageComesFromTheLowestLayerThatHasItAtThatPath() {
        var inventory = LayeredImage.of(
                        layer().file("a/node_modules/lodash/package.json", lodash("1.0.0")),
                        layer().file("a/node_modules/lodash/package.json", lodash("1.0.0"))
                                .file("b/node_modules/lodash/package.json", lodash("2.0.0")),
                        layer().file("b/node_modules/lodash/package.json", lodash("3.0.0")))
                .scan(folder);

        assertThat(inventory.packages())
                .extracting(item -> item.version() + " from " + item.layer().orElseThrow() + " at "
                        + item.locations().getFirst().path() + " of "
                        + item.locations().getFirst().layer().orElseThrow())
                .containsExactly(
                        "1.0.0 from 0 at a/node_modules/lodash/package.json of 1",
                        "3.0.0 from 2 at b/node_modules/lodash/package.json of 2");
    }

    @Test
    void onePackageAtSeveralPlacesIsOne() {
        var inventory = LayeredImage.of(
                        layer().file("z/node_modules/lodash/package.json", lodash("1.0.0")),
                        layer().file("a/node_modules/lodash/package.json", lodash("1.0.0")))
                .scan(folder);

        assertThat(inventory.packages()).hasSize(1);
        assertThat(inventory.packages().getFirst().locations())
                .extracting(Location::path)
                .containsExactly("a/node_modules/lodash/package.json", "z/node_modules/lodash/package.json");
        assertThat(inventory.packages().getFirst().layer()).hasValue(0);
        assertThat(inventory.packages().getFirst().licenses()).containsExactly("MIT");
    }

    @Test
    void pairsFilesAndLicensesOfOtherFilesAndLayersWithThePackage() {
        var both = "Package: libx\nStatus: install ok installed\nVersion: 1\nArchitecture: %s\nMulti-Arch: same\n\n";
        var inventory = LayeredImage.of(
                        layer().file("usr/share/doc/libx/copyright", "License: MIT\n")
                                .file("var/lib/dpkg/info/libx:amd64.list", "/.\n/usr/lib/x86\n"),
                        layer().file(STATUS, both.formatted("amd64") + both.formatted("i386"))
                                .file("var/lib/dpkg/info/libx:i386.list", "/usr/lib/i386\n"))
                .scan(folder);

        assertThat(inventory.packages())
                .extracting(item -> item.architecture() + " " + item.ownedFiles() + " " + item.licenses())
                .containsExactly("amd64 [usr/lib/x86] [MIT]", "i386 [usr/lib/i386] [MIT]");
    }

    @Test
    void findsTheLicensesOfPackagesThatShareAFolderOfDocuments() {
        var inventory = LayeredImage.of(
                        layer().file(STATUS, installed("libgcc-s1", "1") + installed("gcc-12-base", "1"))
                                .file("usr/share/doc/gcc-12-base/copyright", "see /usr/share/common-licenses/GPL-3\n")
                                .symbolicLink("usr/share/doc/libgcc-s1", "gcc-12-base"))
                .scan(folder);

        assertThat(the("libgcc-s1", inventory).licenses()).containsExactly("GPL-3");
    }

    @Test
    void distributionsPackagesBearTheirDistribution() {
        var inventory = LayeredImage.of(layer().file("etc/os-release", DEBIAN).file(STATUS, """
                        Package: libssl3
                        Status: install ok installed
                        Version: 1:3.0+b1
                        Architecture: amd64
                        Source: openssl (1:3.0)

                        """))
                .scan(folder);

        assertThat(inventory.packages().getFirst().purl())
                .hasToString("pkg:deb/debian/libssl3@1:3.0%2Bb1?arch=amd64&distro=debian-12&upstream=openssl%401:3.0");
        assertThat(inventory.distribution().orElseThrow().release()).hasToString("debian:12");
    }

    @ParameterizedTest
    @CsvSource({
        "rhel,redhat",
        "opensuse-leap,opensuse",
        "sles,suse",
        "amzn,amazon",
        "ol,oracle",
        "rocky,rocky",
        "fedora,fedora"
    })
    void vendorsAreNamedAsPackageUrlsNameThem(String id, String vendor) {
        var inventory = LayeredImage.of(layer().file("etc/os-release", "ID=" + id + "\nVERSION_ID=9\n")
                        .file(STATUS, installed("a", "1")))
                .scan(folder);

        assertThat(inventory.packages().getFirst().purl())
                .hasToString("pkg:deb/" + vendor + "/a@1?arch=amd64&distro=" + id + "-9");
    }

    @Test
    void theMostTrustedFileThatIsVisibleNamesTheDistribution() {
        assertThat(LayeredImage.of(
                                layer().file("etc/os-release", "ID=low\n").file("usr/lib/os-release", DEBIAN),
                                layer().without("etc/os-release").file("etc/debian_version", "11.1\n"))
                        .scan(folder)
                        .distribution()
                        .orElseThrow()
                        .id())
                .isEqualTo("debian");
        assertThat(LayeredImage.of(layer().file("srv/x", "")).scan(folder).distribution())
                .isEmpty();
    }

    @Test
    void aDistributionsPackageOwnsTheLanguagesPackageInItsFiles() {
        var list = "/usr/lib/python3/dist-packages/six-1.0.egg-info\n";
        var inventory = LayeredImage.of(
                        layer().file("etc/os-release", DEBIAN)
                                .file(STATUS, installed("python3-six", "1.0-1"))
                                .file("var/lib/dpkg/info/python3-six.list", list)
                                .file("usr/lib/python3/dist-packages/six-1.0.egg-info", "Name: six\nVersion: 1.0\n"),
                        layer().file("srv/x.dist-info/METADATA", "Name: other\nVersion: 1\n"))
                .scan(folder);

        assertThat(the("six", inventory).ownedBy())
                .isEqualTo(Optional.of(the("python3-six", inventory).purl()));
        assertThat(the("other", inventory).ownedBy()).isEmpty();
        assertThat(the("python3-six", inventory).ownedBy()).isEmpty();
    }

    @Test
    void aCopyThatNobodyOwnsStandsForItself() {
        var list = "/usr/share/a/package.json\n";
        var owned = layer().file(STATUS, installed("node-lodash", "1-1"))
                .file("var/lib/dpkg/info/node-lodash.list", list)
                .file("usr/share/a/package.json", lodash("1.0.0"));

        assertThat(the("lodash", LayeredImage.of(owned).scan(folder.resolve("owned")))
                        .ownedBy())
                .isPresent();
        assertThat(the(
                                "lodash",
                                LayeredImage.of(owned, layer().file("srv/package.json", lodash("1.0.0")))
                                        .scan(folder.resolve("copied")))
                        .ownedBy())
                .isEmpty();
    }

    @Test
    void ownershipKnowsTheMergedUsr() {
        var inventory = LayeredImage.of(layer().symbolicLink("lib", "usr/lib")
                        .file(STATUS, installed("node-lodash", "1-1"))
                        .file("var/lib/dpkg/info/node-lodash.list", "/lib/node/lodash/package.json\n")
                        .file("usr/lib/node/lodash/package.json", lodash("1.0.0")))
                .scan(folder);

        assertThat(the("lodash", inventory).ownedBy()).map(PackageUrl::name).contains("node-lodash");
    }

    @Test
    void aHardLinkSaysWhatItsFileSays() {
        var inventory = LayeredImage.of(layer().file("a/package.json", lodash("1.0.0"))
                        .hardLink("b/package.json", "a/package.json")
                        .hardLink("c/package.json", "srv/data")
                        .hardLink("d/notes", "a/package.json"))
                .scan(folder);

        assertThat(the("lodash", inventory).locations())
                .extracting(Location::path)
                .containsExactly("a/package.json", "b/package.json");
        assertThat(inventory.unknowns())
                .extracting(unknown -> unknown.path() + ": " + unknown.reason())
                .containsExactly("c/package.json: a hard link to /srv/data, where npm-package/"
                        + analyzerVersion(inventory, "npm-package") + " does not look");
    }

    private static String analyzerVersion(Inventory inventory, String name) {
        return inventory.analyzers().stream()
                .filter(id -> id.startsWith(name + "/"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    @Test
    void digestsAreThoseOfTheVisibleFiles() {
        var inventory = LayeredImage.of(
                        layer().file("etc/a", "low").file("etc/b", "x").file("x/package.json", lodash("1.0.0")),
                        layer().file("etc/a", "high").hardLink("etc/c", "etc/a").hardLink("etc/d", "etc/other"))
                .scan(folder, Set.of("etc/a", "etc/c", "etc/d", "x/package.json", "etc/none"));

        var files = inventory.files().orElseThrow();
        assertThat(files.get("etc/a").orElseThrow().sha256()).contains(sha256("high"));
        assertThat(files.get("etc/b").orElseThrow().sha256()).isEmpty();
        assertThat(files.get("etc/c").orElseThrow().sha256()).contains(sha256("high"));
        assertThat(files.get("x/package.json").orElseThrow().sha256()).contains(sha256(lodash("1.0.0")));
        assertThat(names(inventory)).as("digested and analysed too").containsExactly("lodash 1.0.0");
        assertThat(inventory.unknowns()).extracting("path").containsExactly("etc/d");
        assertThat(inventory.digested()).containsExactly("etc/a", "etc/c", "etc/d", "etc/none", "x/package.json");
    }

    @Test
    void theDigestsOfAllFilesMayBeAskedFor() {
        var settings = AnalysisSettings.defaults();
        var all = new AnalysisSettings(
                settings.declared(),
                Set.of(),
                Set.of("etc/a"),
                true,
                false,
                false,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                false);
        var image = LayeredImage.of(
                layer().file("etc/a", "low")
                        .file("etc/b", "x")
                        .file("etc/b", "y")
                        .file("x/package.json", lodash("1.0.0")),
                layer().file("etc/a", "high").hardLink("etc/c", "etc/a").symbolicLink("etc/d", "a"));

        var files = image.scan(folder, all).files().orElseThrow();

        assertThat(files)
                .extracting(file -> file.path() + " " + file.sha256().orElse("-"))
                .containsExactly(
                        "etc -",
                        "etc/a " + sha256("high"),
                        "etc/b " + sha256("y"),
                        "etc/c " + sha256("high"),
                        "etc/d -",
                        "x -",
                        "x/package.json " + sha256(lodash("1.0.0")));
    }

    private static String sha256(String text) {
        return LayeredImage.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsExcludedIsNeitherReadNorListed() {
        var inventory = LayeredImage.of(layer().file("a/b/package.json", lodash("1.0.0"))
                        .file("a/package.json", lodash("2.0.0"))
                        .file("c/package.json", lodash("3.0.0"))
                        .file("c/x1", "")
                        .file("c/x12", ""))
                .scan(folder, Set.of(), "/a/**", "c/x?");

        assertThat(names(inventory)).containsExactly("lodash 3.0.0");
        assertThat(inventory.files().orElseThrow())
                .extracting(file -> file.path())
                .containsExactly("a", "c", "c/package.json", "c/x12");
    }

    @Test
    void aBrokenFileIsAnUnknownAndItsNeighboursStay() {
        var inventory = LayeredImage.of(
                        layer().file("a/package.json", "{\"name\":\"x\",").file("b/package.json", lodash("1.0.0")))
                .scan(folder);

        assertThat(names(inventory)).containsExactly("lodash 1.0.0");
        assertThat(inventory.unknowns())
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.path() + " " + unknown.reason())
                        .startsWith("a/package.json not JSON at line 1"));
    }

    @Test
    void configurationAndHistoryAreFacts() {
        var inventory = LayeredImage.of(layer().file("a", ""), layer().file("b", ""))
                .configuration("""
                        "os":"linux","architecture":"arm64","variant":"v8","created":"2026-01-02T03:04:05Z","author":"me",
                        "config":{"User":"app","Env":["A=1","B"],"Labels":{"k":"v"},"ExposedPorts":{"80/tcp":{}},"Cmd":["x"]},
                        "history":[{"created_by":"ADD a","created":"2026-01-01T00:00:00Z"},
                          {"created_by":"ENV A=1","empty_layer":true},{"created_by":"ADD b","comment":"c"}]""")
                .scan(folder);

        var image = inventory.image();
        assertThat(image.platform().orElseThrow()).hasToString("linux/arm64/v8");
        assertThat(image.configuration().orElseThrow().user()).isEqualTo("app");
        assertThat(image.configuration().orElseThrow().environment()).containsExactly("A=1", "B");
        assertThat(image.configuration().orElseThrow().labels()).containsEntry("k", "v");
        assertThat(image.configuration().orElseThrow().history())
                .extracting(step -> step.createdBy() + " " + step.emptyLayer())
                .containsExactly("ADD a false", "ENV A=1 true", "ADD b false");
        assertThat(image.layers()).extracting(layer -> layer.createdBy()).containsExactly("ADD a", "ADD b");
    }

    @ParameterizedTest
    @CsvSource({
        "var/lib/dpkg/status, ../../../srv/packages, true",
        "var/lib/dpkg, ../../srv, true",
        "usr/lib/sysimage/rpm/rpmdb.sqlite, /srv/packages, true",
        "etc/os-release, /srv/packages, false",
        "etc/os-release, ../usr/lib/os-release, false",
    })
    void aDatabaseThatIsALinkToAPlaceWhereNobodyLooksIsUnknown(String link, String target, boolean database) {
        var inventory = LayeredImage.of(layer().file("srv/packages", installed("hidden", "1"))
                        .file("srv/status", installed("hidden", "1"))
                        .file("usr/lib/os-release", DEBIAN)
                        .symbolicLink(link, target))
                .scan(folder);

        assertThat(inventory.packages()).isEmpty();
        assertThat(inventory.unreadDatabases()).hasSize(database ? 1 : 0);
        assertThat(inventory.unknowns())
                .hasSize(target.contains("usr") ? 0 : 1)
                .allMatch(unknown -> unknown.reason().startsWith("it is a link to /srv/"));
    }

    @ParameterizedTest
    @CsvSource({
        "var/lib/dpkg/status, status, true",
        "var/lib/dpkg/status, /srv/none, true",
        "etc/os-release, /srv/none, true",
        "etc/os-release, /etc/os-release, true",
        "etc/redhat-release, fedora-release, true",
        "etc/other, /srv/none, false",
        "var/lib/rpm, ../../usr/lib/sysimage/rpm, false",
    })
    void aLinkThatEndsNowhereInAWantedPlaceIsUnknown(String link, String target, boolean said) {
        var inventory = LayeredImage.of(layer().symbolicLink(link, target)).scan(folder);

        assertThat(inventory.unknowns())
                .extracting(unknown -> unknown.path() + ": " + unknown.reason())
                .isEqualTo(said ? List.of(link + ": its links lead in a loop or nowhere") : List.of());
    }

    @Test
    void whereTheDistributionIsNamedADanglingLinkToItsNameDoesNotMatter() {
        var inventory = LayeredImage.of(layer().file("usr/lib/os-release", DEBIAN)
                        .symbolicLink("etc/os-release", "/srv/none")
                        .symbolicLink("etc/redhat-release", "fedora-release"))
                .scan(folder);

        assertThat(inventory.distribution().orElseThrow().id()).isEqualTo("debian");
        assertThat(inventory.unknowns()).isEmpty();
    }

    @Test
    void aDatabaseBehindALinkedFolderIsReadWhereItLies() {
        var apk = "P:musl\nV:1.2.5-r0\nA:x86_64\n\n";
        var inventory = LayeredImage.of(
                        layer().file("usr/lib/apk/db/installed", apk).symbolicLink("lib", "usr/lib"))
                .scan(folder);

        assertThat(names(inventory)).containsExactly("musl 1.2.5-r0");
        assertThat(inventory.unknowns()).isEmpty();
    }

    @Test
    void theReleaseFileMayBeALinkToThatOfAnEdition() {
        var inventory = LayeredImage.of(
                        layer().file("usr/lib/os.release.d/os-release-container", "ID=fedora\nVERSION_ID=41\n")
                                .symbolicLink("usr/lib/os-release", "./os.release.d/os-release-container")
                                .symbolicLink("etc/os-release", "../usr/lib/os-release"))
                .scan(folder);

        assertThat(inventory.distribution())
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo("fedora"));
        assertThat(inventory.unknowns()).isEmpty();
    }

    @Test
    void aHistoryThatDoesNotFitTheLayersNamesNone() {
        var inventory = LayeredImage.of(layer().file("a", ""), layer().file("b", ""))
                .configuration("\"os\":\"linux\",\"architecture\":\"amd64\",\"history\":[{\"created_by\":\"ADD a\"}]")
                .scan(folder);

        assertThat(inventory.image().layers())
                .extracting(layer -> layer.createdBy())
                .containsExactly("", "");
    }

    @Test
    void preparingSucceedsAndChangesNothing() {
        var image = LayeredImage.of(layer().file(STATUS, installed("a", "1")).file("etc/os-release", DEBIAN));
        var unprepared = image.scan(folder);

        ImageScanner.prepare();

        assertThat(image.scan(folder).packages())
                .isEqualTo(unprepared.packages())
                .hasSize(1);
    }

    @Test
    void everyAnalyzerIsNamedOnceWithItsVersion() {
        var names =
                Analyzers.all().stream().map(analyzer -> analyzer.id().name()).toList();
        var forVerification = Analyzers.all().stream()
                .filter(analyzer -> analyzer.declaration().forVerification())
                .count();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+"));
        assertThat(LayeredImage.of(layer().file("a", "")).scan(folder).analyzers())
                .hasSize(names.size() - (int) forVerification);
    }
}
