package dev.plimsoll.report;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.Verdict.BundleReference;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.simulation.Cause;
import dev.plimsoll.policy.simulation.Simulation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a candidate policy would do, for machines. The schema `simulation-1.schema.json` lies
/// beside this class.
public final class SimulationJson {

    static final String SCHEMA = "https://plimsoll.dev/schema/simulation-1.schema.json";
    static final String VERSION = "1.0";

    private SimulationJson() {}

    public static void write(Simulation simulation, OutputStream out) throws IOException {
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("schema", SCHEMA).member("version", VERSION);
                json.member("evaluatedAt", simulation.at().toString());
                bundles(json, "against", simulation.against());
                bundles(json, "candidate", simulation.candidate());
                json.member("images", simulation.images().size());
                counts(json, "before", simulation.before());
                counts(json, "after", simulation.after());
                json.array(
                        "flips",
                        () -> simulation
                                .flips()
                                .forEach(flip -> json.object(() -> {
                                    json.member("before", word(flip.before())).member("after", word(flip.after()));
                                    cause(json, flip.cause());
                                    json.member("images", flip.images()).strings("examples", flip.examples());
                                })));
                json.array(
                        "repositories",
                        () -> simulation
                                .repositories()
                                .forEach(found -> json.object(() -> {
                                    json.member("name", found.name()).member("images", found.images());
                                    counts(json, "before", found.before());
                                    counts(json, "after", found.after());
                                    json.member("worse", found.worse()).member("better", found.better());
                                })));
                json.array(
                        "flippedImages",
                        () -> simulation
                                .flipped()
                                .forEach(image -> json.object(() -> {
                                    json.member("file", image.file()).member("name", image.name());
                                    json.member("before", word(image.before())).member("after", word(image.after()));
                                    json.array(
                                            "causes",
                                            () -> image.causes()
                                                    .forEach(cause -> json.object(() -> cause(json, cause))));
                                })));
                json.array(
                        "unread",
                        () -> simulation
                                .unread()
                                .forEach(file -> json.object(
                                        () -> json.member("file", file.file()).member("reason", file.reason()))));
            });
        }
    }

    private static void bundles(JsonWriter json, String name, List<BundleReference> bundles) {
        json.array(
                name,
                () -> bundles.forEach(bundle ->
                        json.object(() -> json.member("id", bundle.id()).member("name", bundle.name()))));
    }

    private static void cause(JsonWriter json, Cause cause) {
        if (cause.isRule()) {
            json.member("ruleSet", cause.ruleSetId())
                    .member("rule", cause.ruleId())
                    .member("gate", cause.gate())
                    .member("trigger", cause.trigger());
        } else {
            json.member("reason", cause.reason());
        }
    }

    private static void counts(JsonWriter json, String name, Map<Decision, Integer> counts) {
        json.object(name, () -> {
            for (var decision : Decision.values()) {
                json.member(word(decision), counts.getOrDefault(decision, 0));
            }
        });
    }

    private static String word(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT);
    }
}
