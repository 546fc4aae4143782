package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `plimsoll policy diff` of the example's bundle and changed ones.
final class PolicyDiffCommandTest {

    private static final Path POLICY = Run.EXAMPLES.resolve("policy.json");

    @TempDir
    private Path folder;

    private Run diff(String was, String now, String... more) throws IOException {
        var text = Files.readString(POLICY);
        assertThat(text).contains(was);
        Files.writeString(folder.resolve("new.json"), text.replace(was, now));
        var arguments = new java.util.ArrayList<>(java.util.List.of("policy", "diff", POLICY.toString(), "new.json"));
        arguments.addAll(java.util.List.of(more));
        return Run.of(folder, arguments.toArray(String[]::new));
    }

    @Test
    void tellsWhichWayAChangeGoesWithAnExample() throws IOException {
        var run = diff("\"value\": \"high\"", "\"value\": \"critical\"");

        assertThat(run).isEqualTo(new Run(0, """
                loosened  rule baseline/fixable-high (vulnerabilities/package)
                    severity: high → critical
                    e.g. a high vulnerability with a fix in a package of type deb: STOP before, nothing now

                1 change: 0 tightened, 1 loosened, 0 moved, 0 without an example
                """, ""));
    }

    @Test
    void twoWritingsOfOneBundleDemandTheSame() throws IOException {
        assertThat(diff("  ", " ").out()).isEqualTo("the bundles demand the same\n");
    }

    @Test
    void anExampleCanBecomeATest() throws IOException {
        var run = diff("\"value\": \"high\"", "\"value\": \"critical\"", "-o", "json");
        var change = ((JsonObject) JsonReader.read(run.out(), JsonLimits.FOREIGN))
                .objects("changes")
                .getFirst();
        var example = change.objects("examples").getFirst();
        assertThat(change.string("direction")).contains("loosened");
        var bytes = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(bytes)) {
            json.element(example.object("facts"));
        }
        Files.writeString(folder.resolve("t.yaml"), """
                policy: [POLICY]
                image: registry.example/shop/web:1
                tests: [{ name: n, facts: FACTS, expect: { results: [{ rule: fixable-high, action: stop }] } }]
                """.replace("POLICY", POLICY.toString())
                .replace("FACTS", bytes.toString(StandardCharsets.UTF_8)));

        assertThat(Run.of(folder, "policy", "test", "t.yaml").out()).contains("1 test, all passed");
    }

    @Test
    void asksStoredInventoriesToo() throws IOException {
        var inventories = Files.createDirectory(folder.resolve("inventories"));
        Run.of(
                folder,
                "sbom",
                Run.EXAMPLES.resolve("storefront.tar").toString(),
                "-o",
                "inventory=" + inventories.resolve("web.json"));

        var run = diff(
                "\"value\": \"openssh-server\"",
                "\"value\": \"telnetd\"",
                "--over",
                "inventories",
                "--advisories",
                Run.EXAMPLES.resolve("advisories").toString());

        assertThat(run.out())
                .contains(
                        "moved  rule baseline/no-ssh-server",
                        "e.g. registry.example/shop/storefront:1.4: STOP before, nothing now");
        assertThat(diff("\"value\": \"high\"", "\"value\": \"low\"", "--over", "absent")
                        .err())
                .contains("cannot read the folder absent");
    }

    @Test
    void tellsWhyABundleIsNone() throws IOException {
        var run = diff("\"denylist\"", "\"denylst\"");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the policy bundle", "has 3 errors", "did you mean 'denylist'?");
    }
}
