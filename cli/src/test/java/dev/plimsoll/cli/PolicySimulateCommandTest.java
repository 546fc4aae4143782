package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.report.SimulationJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicySimulateCommandTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    private String inventory = "";

    /// The storefront image under several names, one of them packed, and two files that are no
    /// inventories.
    @BeforeEach
    void store() throws IOException {
        var file = folder.resolve("facts.json");
        assertThat(Run.of(folder, "sbom", STOREFRONT, "-o", "inventory=" + file).code())
                .isZero();
        inventory = Files.readString(file);
        Files.createDirectories(folder.resolve("store/sub"));
        Files.createDirectories(folder.resolve("store/.hidden"));
        Files.writeString(folder.resolve("store/web.json"), named("registry.example/shop/web:1"));
        Files.writeString(folder.resolve("store/sub/api.json"), named("registry.example/shop/api:1"));
        Files.writeString(folder.resolve("store/sub/other.json"), named("registry.example/tools/ci:3"));
        Files.writeString(folder.resolve("store/.hidden/web.json"), named("registry.example/shop/hidden:1"));
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("store/web2.json.gz")))) {
            out.write(named("registry.example/shop/web:2").getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("store/broken.json"), "{");
        Files.writeString(folder.resolve("store/foreign.json"), "{\"bomFormat\": \"CycloneDX\"}");
        write("stop-web.yaml", "STOP", "shop/web");
        write("go.yaml", "GO", "shop/web");
    }

    /// The inventory as if the image had that name.
    private String named(String name) {
        var renamed = inventory.replaceFirst("(?s)\"names\":\\s*\\[.*?\\]", "\"names\": [\"" + name + "\"]");
        assertThat(renamed).contains(name);
        return renamed;
    }

    /// A bundle with a rule that fires for every image of a repository; the others have a set of
    /// rules without any.
    private void write(String file, String action, String repository) throws IOException {
        Files.writeString(folder.resolve(file), """
                id: %s
                name: %s
                version: "2"
                rule_sets:
                  - id: set
                    rules:
                      - { id: shut, gate: always, trigger: always, action: %s, params: [] }
                  - { id: nothing, rules: [] }
                mappings:
                  - { id: m, name: m, registry: "*", repository: "%s", image: { type: tag, value: "*" }, rule_set_ids: [set] }
                  - { id: n, name: n, registry: "*", repository: "shop/*", image: { type: tag, value: "*" }, rule_set_ids: [nothing] }
                """.formatted(file, file, action, repository));
    }

    private Run simulate(String... more) {
        var arguments = new ArrayList<>(List.of("policy", "simulate", "store", "--advisories", ADVISORIES));
        arguments.addAll(List.of(more));
        return Run.of(folder, arguments.toArray(String[]::new));
    }

    private JsonObject json(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("-o", "json"));
        var run = simulate(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        try (var in = SimulationJson.class.getResourceAsStream("simulation-1.schema.json")) {
            var schema = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            var validation = new ValidatorFactory().validate(schema, run.out());
            assertThat(validation.getErrors()).isEmpty();
        }
        return (JsonObject) JsonReader.read(run.out().getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN);
    }

    @Test
    void saysWhichVerdictsChangeAndByWhichRules() {
        var run = simulate("--policy", "stop-web.yaml", "--against", "go.yaml");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("4 images, 2 with other verdicts")
                .containsPattern("pass +3 +1 +-2")
                .containsPattern("fail +0 +2 +\\+2")
                .containsPattern("unknown +1 +1 +0")
                .containsPattern("2 +pass to fail +rule shut \\(always:always\\)")
                .contains("registry.example/shop/web:1, registry.example/shop/web:2")
                .containsPattern("registry.example/shop/web +2 +2 +0 +2 +0")
                .doesNotContain("hidden")
                .contains("2 files were not judged", "broken.json", "foreign.json");
    }

    @Test
    void theOtherWayRoundTheOldRuleIsTheReason() throws IOException {
        var flips = array(json("--policy", "go.yaml", "--against", "stop-web.yaml"), "flips");
        assertThat(flips).singleElement().satisfies(flip -> {
            assertThat(text(flip, "before")).isEqualTo("fail");
            assertThat(text(flip, "after")).isEqualTo("pass");
            assertThat(text(flip, "rule")).isEqualTo("shut");
        });
    }

    @Test
    void imagesThatNoMappingCoversAnyMoreAreSaidToBe() throws IOException {
        Files.writeString(
                folder.resolve("narrow.yaml"),
                Files.readString(folder.resolve("go.yaml")).replace("shop/*", "shop/none"));
        var flips = array(json("--policy", "narrow.yaml", "--against", "go.yaml"), "flips");
        assertThat(flips).singleElement().satisfies(flip -> {
            assertThat(text(flip, "before")).isEqualTo("pass");
            assertThat(text(flip, "after")).isEqualTo("unknown");
            assertThat(text(flip, "reason")).isEqualTo("unmapped");
        });
    }

    /// The example's bundle and the default have vulnerabilities, packages and files to judge.
    @Test
    void comesToWhatCheckComesToForEach() throws IOException {
        var policy = Run.EXAMPLES.resolve("policy.json").toString();
        var expected = new TreeMap<String, String>();
        for (var file : List.of("web.json", "sub/api.json", "sub/other.json", "web2.json.gz")) {
            var now = checked("store/" + file);
            var then = checked("store/" + file, "--policy", policy);
            if (!now.equals(then)) {
                expected.put(file, now + " " + then);
            }
        }
        var found = new TreeMap<String, String>();
        array(json("--policy", policy), "flippedImages")
                .forEach(image -> found.put(text(image, "file"), text(image, "before") + " " + text(image, "after")));
        assertThat(found).isEqualTo(expected).isNotEmpty();
    }

    private String checked(String file, String... more) throws IOException {
        var arguments =
                new ArrayList<>(List.of("check", "inventory:" + file, "--advisories", ADVISORIES, "-o", "json"));
        arguments.addAll(List.of(more));
        var run = Run.of(folder, arguments.toArray(String[]::new));
        var result = (JsonObject) JsonReader.read(run.out().getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN);
        return text(result.members().get("verdict"), "decision");
    }

    @Test
    void saysTheSameEachTime() {
        var first = simulate("--policy", "stop-web.yaml", "-o", "json");
        assertThat(simulate("--policy", "stop-web.yaml", "-o", "json").out()).isEqualTo(first.out());
        assertThat(first.err()).contains("no --against is given");
    }

    @Test
    void refusesWhatIsNoFolderOfInventories() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThat(Run.of(folder, "policy", "simulate", "empty", "--policy", "go.yaml")
                        .err())
                .contains("there are no inventories in the folder");
        assertThat(Run.of(folder, "policy", "simulate", "none", "--policy", "go.yaml")
                        .err())
                .contains("there is no folder");
        assertThat(Run.of(folder, "policy", "simulate", "go.yaml", "--policy", "go.yaml")
                        .err())
                .contains("is a file, not a folder");
        Files.writeString(folder.resolve("empty/none.json"), "[]");
        var run = Run.of(folder, "policy", "simulate", "empty", "--policy", "go.yaml");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("0 images", "1 file was not judged", "none.json");
    }

    private static List<JsonValue> array(JsonObject object, String name) {
        return ((JsonArray) object.members().get(name)).elements();
    }

    private static String text(JsonValue object, String name) {
        return ((JsonString) ((JsonObject) object).members().get(name)).text();
    }
}
