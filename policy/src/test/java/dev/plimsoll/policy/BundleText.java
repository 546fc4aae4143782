package dev.plimsoll.policy;

import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.bundle.BundleReading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The JSON of a bundle of format 2, put together piece by piece; by default one mapping covers every image.
public final class BundleText {

    private static final String EVERYTHING = mapping("all", "*", "*", "tag", "*");

    private final List<String> rules = new ArrayList<>();
    private final List<String> items = new ArrayList<>();
    private final List<String> mappings = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();

    private BundleText() {}

    public static BundleText of() {
        return new BundleText();
    }

    /// Parameters as `name=value`.
    public BundleText rule(String action, String gate, String trigger, String... parameters) {
        rules.add(ruleText("r" + (rules.size() + 1), action, gate, trigger, parameters));
        return this;
    }

    public BundleText ruleJson(String json) {
        rules.add(json);
        return this;
    }

    public BundleText item(String gate, String triggerId) {
        return item(gate, triggerId, "null");
    }

    /// @param expires JSON: a quoted time or `null`
    public BundleText item(String gate, String triggerId, String expires) {
        items.add("{\"id\":\"i%d\",\"gate\":\"%s\",\"trigger_id\":\"%s\",\"expires_on\":%s,\"description\":\"why\"}"
                .formatted(items.size() + 1, gate, triggerId, expires));
        return this;
    }

    public BundleText mapped(String id, String registry, String repository, String type, String value) {
        mappings.add(mapping(id, registry, repository, type, value));
        return this;
    }

    public BundleText allowing(String registry, String repository, String type, String value) {
        allowed.add(image("allowed", registry, repository, type, value) + "}");
        return this;
    }

    public BundleText denying(String registry, String repository, String type, String value) {
        denied.add(image("denied", registry, repository, type, value) + "}");
        return this;
    }

    public String json() {
        return """
                {"id":"b","name":"B","version":"2",
                 "rule_sets":[{"id":"set","name":"Set","version":"2","rules":[%s]}],
                 "allowlists":[{"id":"list","name":"List","version":"2","items":[%s]}],
                 "mappings":[%s],
                 "allowlisted_images":[%s],"denylisted_images":[%s]}
                """.formatted(
                        String.join(",", rules),
                        String.join(",", items),
                        mappings.isEmpty() ? EVERYTHING : String.join(",", mappings),
                        String.join(",", allowed),
                        String.join(",", denied));
    }

    public BundleReading reading(boolean allowBacktracking) {
        return BundleReader.read("test.json", json().getBytes(StandardCharsets.UTF_8), allowBacktracking);
    }

    public Bundle bundle(boolean allowBacktracking) {
        var reading = reading(allowBacktracking);
        return reading.bundle()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    public static String ruleText(String id, String action, String gate, String trigger, String... parameters) {
        var params = new ArrayList<String>();
        for (var parameter : parameters) {
            int equals = parameter.indexOf('=');
            params.add("{\"name\":\"" + parameter.substring(0, equals) + "\",\"value\":\""
                    + parameter.substring(equals + 1).replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
        }
        return "{\"id\":\"%s\",\"gate\":\"%s\",\"trigger\":\"%s\",\"action\":\"%s\",\"params\":[%s]}"
                .formatted(id, gate, trigger, action, String.join(",", params));
    }

    private static String mapping(String id, String registry, String repository, String type, String value) {
        return image(id, registry, repository, type, value)
                + ",\"rule_set_ids\":[\"set\"],\"allowlist_ids\":[\"list\"]}";
    }

    private static String image(String id, String registry, String repository, String type, String value) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"registry\":\"%s\",\"repository\":\"%s\",\"image\":{\"type\":\"%s\",\"value\":\"%s\"}"
                .formatted(id, id, registry, repository, type, value);
    }
}
