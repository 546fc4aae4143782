package dev.plimsoll.report.waiver;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.waiver.Justification;
import dev.plimsoll.policy.waiver.Waiver;
import dev.plimsoll.policy.waiver.Waivers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Waivers as an OpenVEX document: what they say of vulnerabilities, for other tools. The same waivers give the same
/// bytes.
///
/// Source: OpenVEX specification 0.2.0. `not-affected` and `false-positive` are `not_affected`, `vendor-disputes` is
/// `under_investigation`, all others `affected` with an action statement; `mitigated` is `not_affected` where it has a
/// justification.
public final class OpenVex {

    private static final String CONTEXT = "https://openvex.dev/ns/v0.2.0";
    private static final String ID = "https://openvex.dev/docs/public/vex-";

    private OpenVex() {}

    /// @param author a person or an organisation
    /// @param tool name and version of what writes it
    /// @param at the instant that counts as now
    /// @param products package URLs of images, in place of what the waivers name; may be empty
    /// @param results of `check` with these waivers: they say which packages of which images are meant
    public record Options(String author, String tool, Instant at, List<String> products, List<CheckedResult> results) {
        public Options {
            products = List.copyOf(products);
            results = List.copyOf(results);
        }
    }

    /// @param document its text; empty where there is nothing to say
    /// @param statements how many it has
    /// @param left waivers, or parts of them, that it cannot say, and why
    public record Export(Optional<String> document, int statements, List<String> left) {
        public Export {
            left = List.copyOf(left);
        }
    }

    public static Export of(Waivers waivers, Options options) {
        var subjects = new VexSubjects(options);
        var statements = new ArrayList<Statement>();
        for (var waiver : waivers.all()) {
            subjects.of(waiver).stream()
                    .map(subject -> new Statement(subject, waiver))
                    .forEach(statements::add);
        }
        statements.sort(Comparator.comparing((Statement item) -> item.subject().vulnerability())
                .thenComparing(item -> item.waiver().id()));
        if (statements.isEmpty()) {
            return new Export(Optional.empty(), 0, subjects.left());
        }
        var content = document("", statements, options);
        return new Export(
                Optional.of(document(ID + sha256(content), statements, options)), statements.size(), subjects.left());
    }

    private record Statement(VexSubjects.Subject subject, Waiver waiver) {}

    private static String document(String id, List<Statement> statements, Options options) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("@context", CONTEXT)
                        .member("@id", id)
                        .member("author", options.author())
                        .member("timestamp", options.at().toString())
                        .member("version", 1)
                        .member("tooling", options.tool());
                json.array("statements", () -> statements.forEach(item -> json.object(() -> statement(json, item))));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void statement(JsonWriter json, Statement item) {
        var subject = item.subject();
        json.object("vulnerability", () -> {
            json.member("name", subject.vulnerability());
            if (!subject.aliases().isEmpty()) {
                json.strings("aliases", subject.aliases());
            }
        });
        json.array(
                "products",
                () -> subject.products()
                        .forEach(product -> json.object(() -> {
                            json.member("@id", product.purl());
                            json.object("identifiers", () -> json.member("purl", product.purl()));
                            if (!product.subcomponents().isEmpty()) {
                                json.array(
                                        "subcomponents",
                                        () -> product.subcomponents()
                                                .forEach(purl -> json.object(() -> {
                                                    json.member("@id", purl);
                                                    json.object("identifiers", () -> json.member("purl", purl));
                                                })));
                            }
                        })));
        status(json, item.waiver());
    }

    private static void status(JsonWriter json, Waiver waiver) {
        var text = Optional.of(waiver.text()).filter(words -> !words.isEmpty());
        var note = "Waiver " + waiver.id() + (waiver.ticket().isEmpty() ? "" : " (" + waiver.ticket() + ")");
        switch (waiver.reason()) {
            case NOT_AFFECTED, FALSE_POSITIVE -> notAffected(json, waiver, text, note);
            case MITIGATED -> {
                if (waiver.justification().isPresent()) {
                    notAffected(json, waiver, text, note);
                } else {
                    affected(json, "Mitigated by other means", text, note);
                }
            }
            case VENDOR_DISPUTES ->
                json.member("status", "under_investigation")
                        .member("status_notes", note + ": " + sentence("Its vendor disputes it", text));
            case ACCEPTED_RISK -> affected(json, "The risk is accepted" + until(waiver), text, note);
            case FIX_SCHEDULED -> affected(json, "A fix is scheduled" + until(waiver), text, note);
            case VENDOR_WILL_NOT_FIX -> affected(json, "Its vendor will not fix it", text, note);
        }
    }

    private static void notAffected(JsonWriter json, Waiver waiver, Optional<String> text, String note) {
        json.member("status", "not_affected");
        json.member("status_notes", note + text.map(words -> ": " + words).orElse(""));
        if (waiver.justification().isPresent()) {
            json.member("justification", waiver.justification().map(Justification::word));
        } else {
            json.member("impact_statement", text.orElse("The finding is a false positive"));
        }
    }

    private static void affected(JsonWriter json, String action, Optional<String> text, String note) {
        json.member("status", "affected")
                .member("status_notes", note)
                .member("action_statement", sentence(action, text));
    }

    private static String sentence(String beginning, Optional<String> text) {
        return beginning + text.map(words -> ": " + words).orElse("");
    }

    private static String until(Waiver waiver) {
        return waiver.until().map(end -> " until " + end).orElse("");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
