package dev.plimsoll.advisory.database;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AffectedImport;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionInterval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// Advisories and affected packages as the compact JSON that the database's `data` columns hold. Empty members are
/// left out.
public final class AdvisoryText {

    private AdvisoryText() {}

    /// All but id and feed, which have columns of their own.
    public static String of(Advisory advisory) {
        return text(json -> {
            if (!advisory.aliases().isEmpty()) {
                json.strings("aliases", advisory.aliases());
            }
            json.member("severity", advisory.severity().map(Severity::word));
            if (!advisory.cvss().isEmpty()) {
                json.array("cvss", () -> advisory.cvss().forEach(score -> json.object(() -> score(json, score))));
            }
            json.member("published", advisory.published().map(Instant::toString));
            json.member("modified", advisory.modified().map(Instant::toString));
            json.member("withdrawn", advisory.withdrawn().map(Instant::toString));
            member(json, "summary", advisory.summary());
            if (!advisory.references().isEmpty()) {
                json.strings("references", advisory.references());
            }
        });
    }

    /// All but ecosystem and name, which have columns of their own.
    public static String of(AffectedPackage item) {
        return text(json -> {
            if (item.ofSource()) {
                json.member("source", true);
            }
            if (!item.affected().isEmpty()) {
                json.strings(
                        "affected",
                        item.affected().stream().map(VersionInterval::toString).toList());
            }
            json.member("state", item.fixState().word());
            if (!item.fixedIn().isEmpty()) {
                json.strings("fixed", item.fixedIn());
            }
            member(json, "module", item.module());
            if (!item.architectures().isEmpty()) {
                json.strings("architectures", item.architectures());
            }
            member(json, "status", item.status());
            if (!item.imports().isEmpty()) {
                json.array("imports", () -> item.imports().forEach(each -> json.object(() -> imported(json, each))));
            }
        });
    }

    public static Advisory advisory(String id, String feed, String data) {
        var object = parsed(data, id);
        return new Advisory(
                id,
                object.strings("aliases"),
                feed,
                object.string("severity").flatMap(Severity::of),
                object.objects("cvss").stream().map(score -> score(feed, score)).toList(),
                object.string("published").map(Instant::parse),
                object.string("modified").map(Instant::parse),
                object.string("withdrawn").map(Instant::parse),
                object.string("summary").orElse(""),
                object.strings("references"));
    }

    public static AffectedPackage affected(Ecosystem ecosystem, String name, String data) {
        var object = parsed(data, name);
        return new AffectedPackage(
                ecosystem,
                name,
                object.get("source").orElse(null) instanceof JsonBoolean(var source) && source,
                object.strings("affected").stream().map(VersionInterval::parse).toList(),
                state(object.string("state").orElse("")),
                object.strings("fixed"),
                object.string("module").orElse(""),
                object.strings("architectures"),
                object.string("status").orElse(""),
                object.objects("imports").stream().map(AdvisoryText::imported).toList());
    }

    private static void imported(JsonWriter json, AffectedImport item) {
        json.member("path", item.path());
        strings(json, "symbols", item.symbols());
        strings(json, "systems", item.systems());
        strings(json, "architectures", item.architectures());
    }

    private static AffectedImport imported(JsonObject object) {
        return new AffectedImport(
                object.string("path").orElse(""),
                object.strings("symbols"),
                object.strings("systems"),
                object.strings("architectures"));
    }

    private static void strings(JsonWriter json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.strings(name, texts);
        }
    }

    private static FixState state(String word) {
        for (var state : FixState.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        return FixState.UNKNOWN;
    }

    private static void score(JsonWriter json, CvssScore score) {
        json.member("version", score.version()).member("vector", score.vector()).member("base", score.base());
        score.exploitability().ifPresent(value -> json.member("exploitability", value));
        score.impact().ifPresent(value -> json.member("impact", value));
    }

    private static CvssScore score(String feed, JsonObject object) {
        return new CvssScore(
                feed,
                object.string("version").orElse(""),
                object.string("vector").orElse(""),
                object.number("base").orElse(BigDecimal.ZERO),
                object.number("exploitability"),
                object.number("impact"));
    }

    private static void member(JsonWriter json, String name, String text) {
        if (!text.isEmpty()) {
            json.member(name, text);
        }
    }

    private static JsonObject parsed(String data, String what) {
        try {
            if (JsonReader.read(data, JsonLimits.FOREIGN) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw new AdvisoryException("the advisory database is damaged at " + what + ": " + e.getMessage(), e);
        }
        throw new AdvisoryException("the advisory database is damaged at " + what);
    }

    private static String text(java.util.function.Consumer<JsonWriter> body) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.object(() -> body.accept(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }
}
