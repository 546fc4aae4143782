package dev.plimsoll.server.notify.message;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.EventKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads an item from an event's payload, or from the document of a message: their members are the
/// same. What is missing or of another form counts as empty: a message about half of something is
/// better than none.
public final class ItemReader {

    private ItemReader() {}

    /// @param payload with the members that docs/events.md tells for the kind
    public static Item read(EventKind kind, Subject subject, JsonObject payload) {
        return switch (kind) {
            case VULN_UPDATE ->
                new Item.VulnerabilityUpdate(
                        subject,
                        findings(payload, "added"),
                        findings(payload, "changed"),
                        findings(payload, "gone"),
                        count(payload, "more"));
            case POLICY_EVAL ->
                new Item.PolicyEvaluation(
                        subject,
                        bundle(payload),
                        payload.get("before").isPresent()
                                        && payload.get("before").get() instanceof JsonObject before
                                ? Optional.of(verdict(before))
                                : Optional.empty(),
                        verdict(payload.object("after")),
                        payload.objects("new_results").stream()
                                .map(ItemReader::result)
                                .toList(),
                        count(payload, "gone_results"),
                        count(payload, "more"));
            case TAG_UPDATE ->
                new Item.TagUpdate(
                        subject,
                        payload.string("repository").orElse(""),
                        payload.string("tag").orElse(""),
                        payload.string("previous_digest").filter(digest -> !digest.isEmpty()));
            case ANALYSIS_UPDATE ->
                new Item.AnalysisUpdate(
                        subject,
                        payload.string("state").orElse(""),
                        payload.string("reason").filter(reason -> !reason.isEmpty()),
                        count(payload, "packages"));
        };
    }

    private static List<Finding> findings(JsonObject payload, String name) {
        return payload.objects(name).stream()
                .map(finding -> new Finding(
                        finding.string("id").orElse(""),
                        finding.string("severity").flatMap(Severity::of).orElse(Severity.UNKNOWN),
                        finding.string("package").orElse(""),
                        finding.string("version").orElse(""),
                        finding.string("purl").orElse(""),
                        finding.strings("fixed_in"),
                        finding.get("known_exploited").orElse(new JsonBoolean(false))
                                        instanceof JsonBoolean(var exploited)
                                && exploited,
                        finding.string("first_seen").flatMap(ItemReader::instant)))
                .toList();
    }

    private static Item.Verdict verdict(JsonObject verdict) {
        return new Item.Verdict(
                word(verdict, "decision"),
                word(verdict, "final_action"),
                count(verdict, "stops"),
                count(verdict, "warns"));
    }

    private static Item.Result result(JsonObject result) {
        return new Item.Result(
                result.string("gate").orElse(""),
                result.string("trigger").orElse(""),
                result.string("stable_id").orElse(""),
                word(result, "action"),
                result.string("message").orElse(""));
    }

    /// Events have these words in lower case, as the API does, messages in upper case.
    private static String word(JsonObject object, String name) {
        return object.string(name).orElse("").toUpperCase(Locale.ROOT);
    }

    /// Of an event an object, of a message its words. The default bundle has no version.
    private static String bundle(JsonObject payload) {
        if (payload.get("bundle").orElse(null) instanceof JsonObject bundle) {
            int version = count(bundle, "version");
            return bundle.string("id").orElse("") + (version > 0 ? " version " + version : "");
        }
        return payload.string("bundle").orElse("");
    }

    static int count(JsonObject object, String name) {
        return object.number(name).map(BigDecimal::intValue).orElse(0);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
