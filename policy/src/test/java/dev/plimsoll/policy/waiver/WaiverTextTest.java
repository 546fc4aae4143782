package dev.plimsoll.policy.waiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WaiverTextTest {

    private static final JsonObject NEW = waiver("b", "Because: it's \"so\" # really");

    private static JsonObject waiver(String id, String text) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("id", new JsonString(id));
        members.put("scope", new JsonObject(Map.of("ids", new JsonArray(List.of(new JsonString("CVE-2023-2*"))))));
        members.put("reason", new JsonString("accepted-risk"));
        members.put("text", new JsonString(text));
        members.put("until", new JsonString("2026-12-31"));
        return new JsonObject(members);
    }

    private static String appended(String file, String text) {
        return switch (WaiverText.append(file, text, NEW)) {
            case WaiverText.Appended(var longer) -> longer;
            case WaiverText.Refused(var reason) -> "refused: " + reason;
        };
    }

    @Test
    void writesAFile() {
        assertThat(WaiverText.document(List.of(NEW), List.of("of the shop"))).isEqualTo("""
                        # of the shop
                        version: 1
                        waivers:
                          - id: b
                            scope:
                              ids:
                                - "CVE-2023-2*"
                            reason: accepted-risk
                            text: "Because: it's \\"so\\" # really"
                            until: 2026-12-31
                        """);
    }

    @Test
    void keepsCommentsAndOrder() {
        var before = """
                # Ours. Ask security before you add one.
                version: 1

                waivers: # newest last
                    # the first
                    - id: a
                      scope: { ids: [ CVE-2023-1 ] }  # short

                      reason: accepted-risk
                # the end
                """;

        assertThat(appended("w.yaml", before)).isEqualTo(before + """
                    - id: b
                      scope:
                        ids:
                          - "CVE-2023-2*"
                      reason: accepted-risk
                      text: "Because: it's \\"so\\" # really"
                      until: 2026-12-31
                """);
    }

    @Test
    void putsItBeforeWhatFollowsTheList() {
        var before = """
                waivers:
                - id: a
                  scope: { ids: [ CVE-2023-1 ] }
                  reason: accepted-risk

                # what this is
                description: ours
                """;

        assertThat(appended("w.yaml", before))
                .startsWith("waivers:\n- id: a\n  scope: { ids: [ CVE-2023-1 ] }\n  reason: accepted-risk\n- id: b\n")
                .endsWith("  until: 2026-12-31\n\n# what this is\ndescription: ours\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waivers: []",
                "waivers: [ ] # none yet\n",
                "version: 1\nwaivers: []\ndescription: x\n",
                "waivers:\n  - { id: a }",
                "---\nwaivers:\n  - id: a\n",
                "waivers:\r\n  - id: a\r\n",
                "waivers:\n  - id: a\n    text: |\n      more\n\n      lines\n",
            })
    void addsOneWaiverAndNothingElse(String before) throws JsonException {
        var after = appended("w.yaml", before);
        var old = (JsonObject) YamlReader.read(before.getBytes(StandardCharsets.UTF_8));
        var read = (JsonObject) YamlReader.read(after.getBytes(StandardCharsets.UTF_8));

        var all = read.array("waivers");
        assertThat(all.subList(0, all.size() - 1)).isEqualTo(old.array("waivers"));
        assertThat(all).endsWith(NEW);
        assertThat(read.get("description")).isEqualTo(old.get("description"));
        assertThat(after.contains("\r\n")).isEqualTo(before.contains("\r\n"));
        assertThat(after.replace("\r\n", "").contains("\r")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waivers: [ { id: a } ]\n",
                "waivers: [\n  { id: a }\n]\n",
                "{ waivers: [] }\n",
                "waivers: &all\n  - id: a\n",
                "waivers: x\n",
                "\"waivers\":\n  - id: a\n",
                "waivers:\n  - id: a\n...\n",
            })
    void refusesToGuess(String before) {
        assertThat(appended("w.yaml", before))
                .matches(text -> text.startsWith("refused: its list cannot be continued") || isOneMore(before, text));
    }

    private static boolean isOneMore(String before, String after) {
        try {
            var old = (JsonObject) YamlReader.read(before.getBytes(StandardCharsets.UTF_8));
            var read = (JsonObject) YamlReader.read(after.getBytes(StandardCharsets.UTF_8));
            return read.array("waivers").size() == old.array("waivers").size() + 1;
        } catch (JsonException e) {
            return false;
        }
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThat(appended("w.yaml", "waivers: [")).startsWith("refused: not YAML");
        assertThat(appended("w.yaml", "waivers: [ { id: a } ]\n")).startsWith("refused: its list cannot be continued");
    }

    @Test
    void writesJsonAnew() throws JsonException {
        var after = appended("w.json", "{\"waivers\": [{\"id\": \"a\"}], \"version\": \"1\"}");

        assertThat(((JsonObject) JsonReader.read(after, JsonLimits.AUTHORED)).array("waivers"))
                .hasSize(2)
                .endsWith(NEW);
        assertThat(after).startsWith("{\n  \"waivers\": [\n").endsWith("  \"version\": \"1\"\n}\n");
    }

    /// Texts that YAML takes for something else, or that break a line.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "null",
                "~",
                "1.10",
                "0x1F",
                "1e3",
                "- a",
                "a: b",
                "a #b",
                "#a",
                "@a",
                "*a",
                "&a",
                "!a",
                "%a",
                "'a'",
                "a\nb",
                " a ",
                "",
                "\u0001",
                "\u007f",
                "\u0085",
                "\u2028",
                "ü",
                "\ud83d\ude00",
                "a\\b",
                "{a}",
                "[a]",
                "yes",
                "2026-12-31",
                "?",
                "a\tb",
                "=",
                "---",
                "..."
            })
    void isReadAsItWasWritten(String text) throws JsonException {
        var waiver = waiver("x", text);

        var read = (JsonObject) YamlReader.read(WaiverText.document(List.of(waiver), List.of("a\nwaivers: []\u2028b"))
                .getBytes(StandardCharsets.UTF_8));

        assertThat(read.array("waivers")).containsExactly(waiver);
    }
}
