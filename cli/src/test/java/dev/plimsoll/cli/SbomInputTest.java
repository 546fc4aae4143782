package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SbomInputTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String POLICY = Run.EXAMPLES.resolve("policy.json").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    private Run run(String... arguments) {
        return Run.of(folder, arguments);
    }

    private static JsonObject json(Run run) throws IOException {
        return (JsonObject) JsonReader.read(run.out(), JsonLimits.FOREIGN);
    }

    private Inventory inventory(String where, String name) throws IOException {
        assertThat(run("sbom", where, "-o", "inventory=" + name).err()).doesNotContain("cannot");
        return InventoryReader.read(folder.resolve(name));
    }

    private static String shown(ImagePackage item) {
        return item.purl() + " " + item.name() + " " + item.version() + " " + item.source() + " "
                + item.architecture() + " " + item.licenses() + " " + item.ownedBy() + " "
                + item.locations().stream().map(ImagePackage.Location::path).toList();
    }

    @Test
    void whatIsWrittenAsCycloneDxComesBackAsTheSamePackages() throws IOException {
        run("sbom", STOREFRONT, "-o", "cyclonedx-json=out.json");
        var image = inventory(STOREFRONT, "image.json");
        var document = inventory("sbom:out.json", "document.json");

        assertThat(document.packages()).hasSizeGreaterThan(3);
        assertThat(document.packages().stream().map(SbomInputTest::shown))
                .containsExactlyElementsOf(
                        image.packages().stream().map(SbomInputTest::shown).toList());
        assertThat(document.distribution().orElseThrow().release())
                .isEqualTo(image.distribution().orElseThrow().release());
        assertThat(document.image().id()).isEqualTo(image.image().id());
        assertThat(document.image().names()).isEqualTo(image.image().names());
        assertThat(document.unknowns()).isEqualTo(image.unknowns());
    }

    @Test
    void findsWhatTheImageHas() throws IOException {
        run("sbom", STOREFRONT, "-o", "cyclonedx-json=out.json");
        var ofImage = json(run("vulns", STOREFRONT, "--advisories", ADVISORIES, "-o", "json"));
        var ofDocument = json(run("vulns", "sbom:out.json", "--advisories", ADVISORIES, "-o", "json"));

        assertThat(findings(ofDocument)).isNotEmpty().isEqualTo(findings(ofImage));
        assertThat(ofDocument.object("image").object("document").string("format"))
                .contains("CycloneDX 1.6 JSON");
        assertThat(ofDocument.object("image").string("transport")).contains("sbom");
    }

    private static TreeSet<String> findings(JsonObject result) {
        var found = new TreeSet<String>();
        for (var finding : result.objects("findings")) {
            found.add(finding.string("id").orElse("") + " "
                    + finding.object("package").string("purl").orElse(""));
        }
        return found;
    }

    @Test
    void aRuleThatAsksForWhatADocumentDoesNotSayHasNoVerdict() throws IOException {
        Files.writeString(folder.resolve("list.txt"), "# nothing is wrong with it\npkg:npm/is-odd@3.0.1\n");
        Files.writeString(folder.resolve("bundle.json"), """
                {"id":"b","name":"b","version":"2","rule_sets":[{"id":"s","name":"s","version":"2","rules":[
                  {"id":"user","gate":"dockerfile","trigger":"effective_user","action":"STOP",
                   "params":[{"name":"users","value":"root"},{"name":"type","value":"denylist"}]}]}],
                 "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "rule_set_ids":["s"]}]}""");

        var run = run("check", "sbom:list.txt", "--policy", "bundle.json");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains("the image's configuration and history are not known")
                .contains("list of package URLs");
    }

    @Test
    void theExamplesPolicyJudgesADocument() throws IOException {
        run("sbom", STOREFRONT, "-o", "cyclonedx-json=out.json");
        var run = run("check", "sbom:out.json", "--policy", POLICY, "--advisories", ADVISORIES, "-o", "json");

        assertThat(json(run).object("verdict").string("decision")).contains("fail");
        assertThat(json(run).object("verdict").objects("inputs"))
                .anySatisfy(input -> assertThat(input.string("name")).contains("document"));
    }

    @Test
    void readsStandardInput() {
        var out = new ByteArrayOutputStream();
        var plain = Run.environment(folder, Map.of("HOME", folder.toString()));
        var environment = new Environment(
                new ByteArrayInputStream("pkg:npm/lodash@4.17.15\n".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                plain.err(),
                plain.variables(),
                false,
                false,
                Optional.empty(),
                folder,
                plain.clock());

        assertThat(Main.run(new String[] {"sbom", "sbom:-"}, environment)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("lodash", "layers not known", "list of package URLs");
    }

    @Test
    void saysThatOptionsHaveNoMeaning() throws IOException {
        Files.writeString(folder.resolve("list.txt"), "pkg:npm/lodash@4.17.15\n");

        assertThat(run("sbom", "sbom:list.txt", "--exclude", "/a").err())
                .contains("plimsoll: note: --exclude leaves nothing out of a document");
        assertThat(run("sbom", "sbom:list.txt", "--platform", "linux/arm64").err())
                .contains("plimsoll: note: --platform chooses nothing in a document");
        assertThat(run("sbom", "sbom:list.txt").err()).isEmpty();
    }

    @Test
    void whatIsNotThereIsAMistakeAndWhatCannotBeReadIsNoVerdict() throws IOException {
        Files.writeString(folder.resolve("bad.json"), "{}");

        assertThat(run("vulns", "sbom:absent.json").code()).isEqualTo(ExitCode.ERROR.code());
        assertThat(run("vulns", "sbom:absent.json").err()).contains("there is no document");
        assertThat(run("vulns", "sbom:").err()).contains("sbom: names no document");
        var unreadable = run("check", "sbom:bad.json", "--policy", POLICY);
        assertThat(unreadable.code()).isEqualTo(3);
        assertThat(unreadable.err()).contains("cannot read the software bill of materials");
        for (var arguments :
                List.of(List.of("vulns", "sbom:bad.json"), List.of("explain", "sbom:bad.json", "CVE-2020-1"))) {
            assertThat(run(arguments.toArray(String[]::new)).code())
                    .as(arguments.toString())
                    .isNotZero();
        }
    }
}
