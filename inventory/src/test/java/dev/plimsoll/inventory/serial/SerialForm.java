package dev.plimsoll.inventory.serial;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Account.Password;
import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.inventory.content.ShadowEntry;
import dev.plimsoll.inventory.rpm.RpmDatabase;
import dev.plimsoll.inventory.scan.LayeredImage;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The serial form in tests.
final class SerialForm {

    private SerialForm() {}

    static byte[] write(Inventory inventory) {
        var out = new ByteArrayOutputStream();
        try {
            InventoryWriter.write(inventory, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] bytes(JsonValue value) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.element(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String text(Inventory inventory) {
        return new String(write(inventory), StandardCharsets.UTF_8);
    }

    /// What the published schema finds wrong.
    static List<String> problems(String text) {
        String schema;
        try (var in = InventoryWriter.class.getResourceAsStream("inventory-1.schema.json")) {
            schema = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ValidatorFactory()
                .withJsonNodeFactory(SchemaNode.FACTORY).validate(schema, text).getErrors().stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getError())
                        .toList();
    }

    /// An inventory in which every member has something in it; one such cannot come of one source.
    static Inventory everything(Path folder) {
        var scanned = scanned(folder);
        var image = scanned.image();
        return new Inventory(
                new ImageFacts(
                        image.transport(),
                        image.names(),
                        List.of("registry.example/shop/web@sha256:" + "1".repeat(64)),
                        image.id(),
                        image.manifestDigest(),
                        image.platform(),
                        image.configuration(),
                        image.verified(),
                        image.layers(),
                        Optional.of(new BaseImage(
                                "registry.example/base:1",
                                Optional.of(Digest.sha256("3".repeat(64))),
                                OptionalInt.of(1),
                                BaseImage.How.ANCESTORS)),
                        Optional.of(Connection.UNVERIFIED_TLS)),
                scanned.distribution(),
                described(scanned.packages()),
                scanned.files().map(SerialForm::withoutCapabilities),
                scanned.digested(),
                scanned.excluded(),
                scanned.dockerfile(),
                scanned.unknowns(),
                scanned.analyzers(),
                Optional.of(new SourceDocument(
                        "SPDX 2.3 JSON",
                        Digest.sha256("2".repeat(64)),
                        List.of("some-tool 1"),
                        EnumSet.allOf(PackageFact.class),
                        3,
                        Optional.of(EnumSet.allOf(SourceDocument.Statement.class)))),
                scanned.analysis(),
                contents());
    }

    private static FileTable withoutCapabilities(FileTable files) {
        var builder = FileTable.builder();
        files.forEach(builder::add);
        builder.withoutCapabilities();
        return builder.build();
    }

    private static Contents contents() {
        return new Contents(
                Optional.of(List.of(
                        new Secret("npm-token", "a/.npmrc", OptionalInt.of(1), 3, "npm_\u2026", "3".repeat(64), true))),
                Optional.of(List.of(new ContentMatch("licence", "a/b", 0, List.of(1, 5)))),
                Optional.of(List.of(new ContentSearch("licence", "[Ll]icence"))),
                Optional.of(List.of(new RetrievedFile("etc/passwd", "cm9vdDo="))),
                Optional.of(new MalwareScan(
                        MalwareScan.Outcome.NOT_REACHABLE,
                        "ClamAV 1.4.6",
                        "27500/Thu Jan  1 00:00:00 2026",
                        List.of(new MalwareScan.Finding("eicar.com", 1, "Eicar-Test", false)),
                        List.of(new MalwareScan.NotScanned("large", 0, "too large")))),
                Optional.of(new Accounts(
                        List.of(new Account("root", 0, 0, "root", "/root", "/bin/sh", Password.SHADOWED)),
                        List.of(new Group("wheel", 10, List.of("app"))),
                        List.of(new ShadowEntry("root", Password.LOCKED)))),
                Optional.of(List.of(new FileDeviation("etc/a", "pkg:deb/debian/a@1", FileDeviation.Kind.MODE, true))),
                Optional.of(List.of(new DeletedFile("root/.npmrc", 0, 40))));
    }

    /// The first package with all that evidence may say of one.
    private static List<ImagePackage> described(List<ImagePackage> packages) {
        var first = packages.getFirst();
        var all = new ArrayList<>(packages);
        all.set(
                0,
                new ImagePackage(
                        first.purl(),
                        first.type(),
                        first.name(),
                        first.version(),
                        first.source(),
                        first.architecture(),
                        first.modularity(),
                        first.evidence(),
                        first.analyzer(),
                        first.locations(),
                        first.layer(),
                        first.licenses(),
                        first.ownedFiles(),
                        first.ownedBy(),
                        List.of("cpe:2.3:a:lodash:lodash:4.17.15:*:*:*:*:node.js:*:*"),
                        List.of(packages.getLast().purl()),
                        Map.of(PackageProperty.VENDOR, "somebody")));
        return all;
    }

    private static Inventory scanned(Path folder) {
        return LayeredImage.of(
                        LayeredImage.layer()
                                .file(
                                        "etc/os-release",
                                        "ID=debian\nID_LIKE=\"a b\"\nVERSION_ID=12\nVERSION_CODENAME=bookworm\n")
                                .file("var/lib/rpm/rpmdb.sqlite", 0644, RpmDatabase.ofModularPackage(folder))
                                .file("var/lib/dpkg/info/node-lodash.list", "/usr/share/lodash/package.json\n")
                                .file("usr/share/doc/node-lodash/copyright", "License: MIT\n")
                                .file("usr/bin/su", 04755, new byte[10])
                                .symbolicLink("lib", "usr/lib")
                                .entry("dev/c", '3', 0666, 0, "")
                                .entry("dev/b", '4', 0660, 0, "")
                                .entry("dev/p", '6', 0600, 0, ""),
                        LayeredImage.layer()
                                .file("var/lib/dpkg/status", """
                                        Package: node-lodash
                                        Status: install ok installed
                                        Version: 1:4.17.21-1
                                        Architecture: all
                                        Source: lodash (1:4.17)

                                        no field
                                        """)
                                .file("usr/share/lodash/package.json", "{\"name\":\"lodash\",\"version\":\"4.17.21\"}")
                                .file(
                                        "srv/\u00fc/package.json",
                                        "{\"name\":\"@a/\\ud800\",\"version\":\"1.0.0-\u00fc\"}")
                                .file("srv/bad/package.json", "{"))
                .configuration("""
                        "os":"linux","architecture":"arm64","variant":"v8","created":"2026-01-02T03:04:05Z","author":"me",
                        "config":{"User":"app","ExposedPorts":{"80/tcp":{}},"Env":["A=1","B"],"Entrypoint":["e"],"Cmd":["c"],
                          "WorkingDir":"/srv","Volumes":{"/v":{}},"Labels":{"a/b~c":"v"},"StopSignal":"SIGINT",
                          "Shell":["/bin/sh"],"OnBuild":["RUN x"],"ArgsEscaped":true,
                          "Healthcheck":{"Test":["CMD","x"],"Interval":30000000000,"Timeout":1,"StartPeriod":2,
                            "StartInterval":3,"Retries":4}},
                        "history":[{"created_by":"ADD a","created":"2026-01-01T00:00:00Z","comment":"c"},
                          {"created_by":"ENV A=1","empty_layer":true},{"created_by":"ADD b"}]""")
                .scan(folder, Set.of("usr/bin/su", "srv/bad/package.json"));
    }
}
