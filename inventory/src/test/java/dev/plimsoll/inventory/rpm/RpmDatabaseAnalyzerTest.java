package dev.plimsoll.inventory.rpm;

import static dev.plimsoll.inventory.rpm.HeaderBytes.header;
import static dev.plimsoll.inventory.rpm.HeaderBytes.ofPackage;
import static dev.plimsoll.inventory.rpm.RpmDatabase.rpmDatabase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.database.DatabaseContent;
import dev.plimsoll.inventory.database.SpilledDatabases;
import dev.plimsoll.purl.PackageType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;

class RpmDatabaseAnalyzerTest {

    @TempDir
    Path folder;

    @Test
    void aPackageHasAllThatItsHeaderSays() throws Exception {
        var facts = rpmDatabase()
                .with(header().text(RpmHeader.NAME, "nodejs")
                        .text(RpmHeader.VERSION, "18.19.1")
                        .text(RpmHeader.RELEASE, "1.module+el9.3.0+21388+22892fb9")
                        .numbers(RpmHeader.EPOCH, 1)
                        .text(RpmHeader.ARCH, "aarch64")
                        .text(RpmHeader.SOURCE_RPM, "nodejs-18.19.1-1.module+el9.3.0+21388+22892fb9.src.rpm")
                        .text(RpmHeader.LICENSE, "MIT and Apache-2.0")
                        .text(RpmHeader.VENDOR, "Red Hat, Inc.")
                        .texts(
                                RpmHeader.REQUIRE_NAMES,
                                "/bin/sh",
                                "libc.so.6()(64bit)",
                                "rpmlib(CompressedFileNames)",
                                "(a if b)",
                                "config(nodejs)",
                                "npm",
                                "npm")
                        .texts(RpmHeader.PROVIDE_NAMES, "nodejs", "nodejs(x86-64)", "nodejs-engine")
                        .text(RpmHeader.MODULARITY_LABEL, "nodejs:18:9030020240301111035:rhel9")
                        .texts(RpmHeader.DIRECTORY_NAMES, "/usr/bin/", "/")
                        .texts(RpmHeader.BASE_NAMES, "node", "corepack", "é")
                        .numbers(RpmHeader.DIRECTORY_INDEXES, 0, 0, 1))
                .analyzed(folder);

        assertThat(facts.single())
                .isEqualTo(new PackageFound(
                        PackageType.RPM,
                        "",
                        "nodejs",
                        "1:18.19.1-1.module+el9.3.0+21388+22892fb9",
                        Optional.of(new SourcePackage("nodejs", "18.19.1-1.module+el9.3.0+21388+22892fb9")),
                        "aarch64",
                        "nodejs:18:9030020240301111035:rhel9",
                        Evidence.INSTALLED,
                        "nodejs-18.19.1-1.module+el9.3.0+21388+22892fb9.aarch64",
                        Map.of(
                                "arch",
                                "aarch64",
                                "epoch",
                                "1",
                                "upstream",
                                "nodejs-18.19.1-1.module+el9.3.0+21388+22892fb9.src.rpm"),
                        List.of("MIT and Apache-2.0"),
                        List.of("usr/bin/node", "usr/bin/corepack", "é"),
                        List.of(),
                        List.of("libc.so.6()(64bit)", "npm"),
                        Map.of(
                                PackageProperty.VENDOR,
                                "Red Hat, Inc.",
                                PackageProperty.PROVIDES,
                                "nodejs(x86-64) nodejs-engine"),
                        ""));
    }

    @Test
    void anEpochOfZeroIsNotTheSameAsNone() throws Exception {
        var without =
                rpmDatabase().with(ofPackage("a", "1", "2")).analyzed(folder).single();
        var zero = rpmDatabase()
                .with(ofPackage("a", "1", "2").numbers(RpmHeader.EPOCH, 0))
                .analyzed(folder)
                .single();
        var most = rpmDatabase()
                .with(ofPackage("a", "1", "2").numbers(RpmHeader.EPOCH, -1))
                .analyzed(folder)
                .single();

        assertThat(without.version()).isEqualTo("1-2");
        assertThat(without.qualifiers()).doesNotContainKey("epoch");
        assertThat(zero.version()).isEqualTo("0:1-2");
        assertThat(zero.qualifiers()).containsEntry("epoch", "0");
        assertThat(most.version()).isEqualTo("4294967295:1-2");
    }

    @Test
    void keysAreNoPackagesButLookAlikesAre() throws Exception {
        var facts = rpmDatabase()
                .with(
                        header().text(RpmHeader.NAME, "gpg-pubkey")
                                .text(RpmHeader.VERSION, "1")
                                .text(RpmHeader.RELEASE, "2"),
                        ofPackage("gpg-pubkey-tools", "1", "1"))
                .analyzed(folder);

        assertThat(facts.single().name()).isEqualTo("gpg-pubkey-tools");
    }

    @Test
    void whatTheHeaderDoesNotSayIsEmpty() throws Exception {
        var found = rpmDatabase()
                .with(header().text(RpmHeader.NAME, "a")
                        .text(RpmHeader.VERSION, "1")
                        .text(RpmHeader.RELEASE, "2"))
                .analyzed(folder)
                .single();

        assertThat(found.source()).isEmpty();
        assertThat(found.architecture()).isEmpty();
        assertThat(found.modularity()).isEmpty();
        assertThat(found.licenses()).isEmpty();
        assertThat(found.ownedFiles()).isEmpty();
        assertThat(found.qualifiers()).isEmpty();
    }

    @Test
    void whatInstallationAddedReplacesWhatThePackageSaid() throws Exception {
        var found = rpmDatabase()
                .with(ofPackage("a", "1", "2").text(RpmHeader.ARCH, "noarch"))
                .analyzed(folder)
                .single();

        assertThat(found.architecture()).isEqualTo("noarch");
    }

    @Test
    void ofSeveralLanguagesTheFirstCounts() throws Exception {
        var found = rpmDatabase()
                .with(header().text(RpmHeader.NAME, "a")
                        .text(RpmHeader.VERSION, "1")
                        .text(RpmHeader.RELEASE, "2")
                        .internationalTexts(RpmHeader.LICENSE, "MIT", "autre"))
                .analyzed(folder)
                .single();

        assertThat(found.licenses()).containsExactly("MIT");
    }

    @Test
    void pathsOfOldHeadersAreWhole() throws Exception {
        var found = rpmDatabase()
                .with(ofPackage("a", "1", "2").texts(RpmHeader.OLD_FILE_NAMES, "/bin/a", "/etc/a.conf"))
                .analyzed(folder)
                .single();

        assertThat(found.ownedFiles()).containsExactly("bin/a", "etc/a.conf");
    }

    @ParameterizedTest
    @CsvSource({
        "bash-5.1.8-4.el9.src.rpm, bash, 5.1.8-4.el9",
        "java-17-openjdk-17.0.9.0.9-2.el9.src.rpm, java-17-openjdk, 17.0.9.0.9-2.el9",
        "nvidia-driver-1-2.nosrc.rpm, nvidia-driver, 1-2",
        "a-1-2.src.rpm, a, 1-2",
    })
    void theSourceIsReadFromItsFileName(String file, String name, String version) {
        assertThat(SourceRpm.parse(file)).contains(new SourcePackage(name, version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(none)",
                "bash",
                "bash.src.rpm",
                "bash-1.src.rpm",
                "-1-2.src.rpm",
                "a--2.src.rpm",
                "a-1-.src.rpm",
                "a-1-2.x86_64.rpm",
                ".src.rpm",
                "--.src.rpm"
            })
    void whatIsNoSourceFileNameGivesNone(String file) {
        assertThat(SourceRpm.parse(file)).isEmpty();
    }

    @Test
    void keepsThePackagesAroundABrokenHeader() throws Exception {
        var facts = rpmDatabase()
                .with(ofPackage("a", "1", "1"))
                .with(new byte[] {1, 2, 3})
                .with(ofPackage("b", "1", "1"))
                .with(header().text(RpmHeader.VERSION, "1"))
                .with(header().text(RpmHeader.NAME, "no-version"))
                .with(ofPackage("c", "1", "1").numbers(RpmHeader.NAME, 1))
                .with(ofPackage("d", "1 2", "1"))
                .with(ofPackage("e", "1", "1"))
                .analyzed(folder);

        assertThat(facts.packages()).extracting(PackageFound::name).containsExactly("a", "b", "e");
        assertThat(facts.unknowns())
                .containsExactly(
                        "header 2: the header is shorter than 8 bytes",
                        "header 4: a header without the name of a package",
                        "header 5: package no-version has no version and release",
                        "header 6: tag 1000 is of type 4, not a text",
                        "header 7: package d has no version and release");
    }

    @Test
    void aDamagedListOfFilesCostsTheFilesOnly() throws Exception {
        var facts = rpmDatabase()
                .with(
                        ofPackage("a", "1", "1").files("/", "x").numbers(RpmHeader.DIRECTORY_INDEXES, 1),
                        ofPackage("b", "1", "1").files("/", "x").numbers(RpmHeader.DIRECTORY_INDEXES, -1),
                        ofPackage("c", "1", "1").files("/", "x", "y").numbers(RpmHeader.DIRECTORY_INDEXES, 0))
                .analyzed(folder);

        assertThat(facts.packages()).extracting(PackageFound::name).containsExactly("a", "b", "c");
        assertThat(facts.unknowns())
                .containsExactly(
                        "header 1: some of its package's paths were not read: a file lies in folder 1 of 1",
                        "header 2: some of its package's paths were not read: a file lies in folder -1 of 1",
                        "header 3: some of its package's paths were not read: it has 2 files but 1 indexes of folders");
    }

    @Test
    void whatIsNoDatabaseOfRpmIsUnknown() throws Exception {
        assertThat(RpmDatabase.analyze(RpmDatabase.PATH, new byte[0]).unknowns())
                .singleElement()
                .asString()
                .contains("shorter than the header");
        assertThat(RpmDatabase.analyze(RpmDatabase.PATH, new byte[4096]).unknowns())
                .singleElement()
                .asString()
                .contains("not a SQLite file");
        assertThat(unknownsWithTable("create table Other (a)")).containsExactly(": it has no table Packages");
        assertThat(unknownsWithTable("create table Packages (a, b)"))
                .containsExactly(": its table Packages has no columns hnum and blob");
        assertThat(unknownsWithTable(
                        "create table Packages (hnum integer primary key, blob)",
                        "insert into Packages values (7, 'text')"))
                .containsExactly("header 7: it is no header");
    }

    private List<String> unknownsWithTable(String... statements) throws Exception {
        var file = Files.createTempDirectory(folder, "other").resolve("other.db");
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
        return RpmDatabase.analyze(RpmDatabase.PATH, Files.readAllBytes(file)).unknowns();
    }

    @Test
    void aTruncatedDatabaseGivesThePackagesBeforeTheCut() throws Exception {
        var database = rpmDatabase();
        for (int i = 0; i < 200; i++) {
            database.with(ofPackage("package-" + i, "1", "1").files("/usr/share/" + i + "/", "a", "b"));
        }
        var bytes = database.build(folder);
        var facts = RpmDatabase.analyze(RpmDatabase.PATH, Arrays.copyOf(bytes, bytes.length / 2 / 4096 * 4096));

        assertThat(facts.packages()).hasSizeBetween(10, 190);
        assertThat(facts.unknowns()).singleElement().asString().contains("does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "var/lib/rpm/rpmdb.sqlite, 0, true",
        "usr/lib/sysimage/rpm/rpmdb.sqlite, 1, true",
        "usr/share/rpm/rpmdb.sqlite, 1, true",
        "var/lib/rpm/rpmdb.sqlite-wal, 567, false",
        "var/lib/rpm/rpmdb.sqlite-wal, 568, true",
        "var/lib/rpm/rpmdb.sqlite-shm, 32768, false",
        "var/lib/rpm/Packages, 0, false",
        "var/lib/rpm/Packages, 1, true",
        "usr/lib/sysimage/rpm/Packages.db, 1, true",
        "var/lib/rpm/sub/rpmdb.sqlite, 1, false",
        "home/var/lib/rpm/rpmdb.sqlite, 1, false",
        "var/lib/rpm/, 1, false",
        "rpmdb.sqlite, 1, false",
        "'', 1, false",
    })
    void wantsTheDatabasesInTheirPlaces(String path, long size, boolean wanted) {
        assertThat(new RpmDatabaseAnalyzer().wanted().wants(path, 0644, size)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rpmdb.sqlite", "Packages", "Packages.db"})
    void whatIsNoDatabaseIsUnknown(String name) throws Exception {
        for (var place : PackageDatabases.RPM_FOLDERS) {
            assertThat(RpmDatabase.analyze(place + name, new byte[4096]).unknowns())
                    .singleElement()
                    .asString()
                    .contains("not read");
        }
    }

    @Test
    void aLargeDatabaseIsReadFromAFileThatIsRemoved() throws Exception {
        var before = SpilledDatabases.names();
        var blob = new byte[300_000];
        new Random(4).nextBytes(blob);
        var database = rpmDatabase();
        for (int i = 0; i < 64; i++) {
            database.with(ofPackage("package-" + i, "1", "1").entry(9999, 7, blob.length, blob));
        }
        var bytes = database.build(folder);
        assertThat(bytes.length).isGreaterThan(DatabaseContent.IN_MEMORY);

        assertThat(RpmDatabase.analyze(RpmDatabase.PATH, bytes).packages()).hasSize(64);
        assertThat(SpilledDatabases.names()).isEqualTo(before);
    }
}
