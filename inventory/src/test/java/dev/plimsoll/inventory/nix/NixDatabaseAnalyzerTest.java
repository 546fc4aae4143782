package dev.plimsoll.inventory.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.LayeredImage;
import dev.plimsoll.inventory.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class NixDatabaseAnalyzerTest {

    private static final String PATH = "nix/var/nix/db/db.sqlite";
    private static final String LIB = "nix/store/" + "1".repeat(32) + "-lib-2.1";
    private static final String APP = "nix/store/" + "2".repeat(32) + "-app-1.0";
    private static final String SCHEMA =
            "create table ValidPaths (id integer primary key autoincrement not null, path text unique not null,"
                    + " hash text not null, registrationTime integer not null, deriver text)";
    private static final String REFERENCES =
            "create table Refs (referrer integer not null, reference integer not null, primary key (referrer, reference))";

    @TempDir
    Path folder;

    private byte[] database(String... statements) throws SQLException, IOException {
        var file = folder.resolve("db.sqlite");
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
        return Files.readAllBytes(file);
    }

    private byte[] ofTwo() throws SQLException, IOException {
        return database(
                SCHEMA,
                REFERENCES,
                "insert into ValidPaths values (1, '/" + LIB + "', 'sha256:" + "a".repeat(64) + "', 0, null)",
                "insert into ValidPaths values (7, '/" + APP + "', 'sha256:odd', 0, '/nix/store/x-app.drv')",
                "insert into ValidPaths values (8, '/nix/store/" + "3".repeat(32) + "-unversioned', '', 0, null)",
                "insert into Refs values (7, 1), (7, 7), (7, 8), (1, 99)");
    }

    @Test
    void packagesOfTheStoreGetWhatTheDatabaseSaysOfThem() throws Exception {
        var packages = LayeredImage.of(
                        LayeredImage.layer().file(LIB, "x"),
                        LayeredImage.layer().directory(APP).file(PATH, 0644, ofTwo()))
                .scan(Files.createDirectory(folder.resolve("image")))
                .packages();

        assertThat(packages).extracting(ImagePackage::name).containsExactly("app", "lib");
        assertThat(packages.getFirst().dependencies())
                .extracting(Object::toString)
                .containsExactly("pkg:nix/lib@2.1");
        assertThat(packages.getFirst().properties())
                .containsOnlyKeys(PackageProperty.DERIVER)
                .containsEntry(PackageProperty.DERIVER, "/nix/store/x-app.drv");
        assertThat(packages.getLast().properties())
                .containsOnlyKeys(PackageProperty.DIGEST)
                .containsEntry(PackageProperty.DIGEST, "sha256:" + "a".repeat(64));
    }

    @Test
    void whatIsBrokenIsUnknownAndTheRestStays() throws Exception {
        var bytes = ofTwo();
        var analyzed = Analyzed.by(new NixDatabaseAnalyzer(), PATH, java.util.Arrays.copyOf(bytes, 4096));

        assertThat(analyzed.unknowns()).singleElement().asString().startsWith("the database is damaged");
        assertThat(Analyzed.by(new NixDatabaseAnalyzer(), PATH, "no database").unknowns())
                .hasSize(1);
    }

    @Test
    void aDatabaseOfOtherTablesIsUnknown() throws Exception {
        assertThat(Analyzed.by(new NixDatabaseAnalyzer(), PATH, database(SCHEMA))
                        .unknowns())
                .containsExactly("it has no table Refs");
        assertThat(Analyzed.by(new NixDatabaseAnalyzer(), PATH, database("create table Refs (x integer)"))
                        .unknowns())
                .containsExactly("its table Refs has no columns referrer and reference");
    }

    /// Real Nix writes a store with two texts of which one names the other.
    @Test
    void readsWhatNixWrote() throws Exception {
        var root = Files.createDirectory(folder.resolve("root"));
        var store = List.of("--store", root.toString(), "--option", "build-users-group", "");
        run(
                store,
                "nix-instantiate",
                "--eval",
                "--read-write-mode",
                "-E",
                "builtins.toFile \"app-1.0\" \"needs ${builtins.toFile \"lib-2.1\" \"x\"}\"");
        try (var image = Images.open("dir:" + root, OpenOptions.defaults())) {
            var packages = ImageScanner.scan(image, ScanOptions.defaults()).packages();

            assertThat(packages).extracting(ImagePackage::name).containsExactly("app", "lib");
            assertThat(packages.getFirst().dependencies())
                    .extracting(Object::toString)
                    .containsExactly("pkg:nix/lib@2.1");
            for (var item : packages) {
                var path = "/" + item.locations().getFirst().path();
                var said = run(store, "nix-store", "--query", "--hash", path).getLast();
                // base 32, digits from the last, where the database has base 16
                assertThat(said).startsWith("sha256:");
                var hexadecimal = run(List.of(), "nix-hash", "--to-base16", "--type", "sha256", said.substring(7))
                        .getLast();
                assertThat(item.properties()).containsEntry(PackageProperty.DIGEST, "sha256:" + hexadecimal);
            }
        }
    }

    private List<String> run(List<String> options, String... command) throws IOException, InterruptedException {
        var all = new java.util.ArrayList<>(List.of(command));
        all.addAll(options);
        return RealImage.answers(folder, all);
    }

    @Test
    void limitsAreNamed() throws Exception {
        var many = database(
                SCHEMA,
                REFERENCES,
                "with recursive n(i) as (select 1 union all select i + 1 from n where i <= "
                        + NixDatabaseAnalyzer.MAX_PATHS
                        + ") insert into ValidPaths select i, '/nix/store/' || printf('%032d', i) || '-a-1', '', 0, null from n");
        var analyzed = Analyzed.by(new NixDatabaseAnalyzer(), PATH, many);

        assertThat(analyzed.all(Fact.Properties.class)).hasSize(NixDatabaseAnalyzer.MAX_PATHS);
        assertThat(analyzed.unknowns())
                .containsExactly("over " + NixDatabaseAnalyzer.MAX_PATHS + " paths; the rest was not read");
    }
}
