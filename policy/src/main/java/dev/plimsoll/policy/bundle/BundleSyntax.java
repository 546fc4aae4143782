package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A bundle's text, in JSON or YAML, as a tree.
///
/// A file that ends in `.yaml` or `.yml` is YAML, one that ends in `.json` is JSON; any other is JSON where it begins
/// with a brace. In YAML a text needs no quotes where nobody can take it for anything else: `value: 7` and
/// `version: 2` mean the texts that stand there.
final class BundleSyntax {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /// Where Anchore Engine's API puts the bundle when it is asked for a policy.
    private static final String RECORDED = "policybundle";

    /// Bytes at the beginning that tell JSON from YAML.
    private static final int LOOKED_AT = 512;

    private static final JsonLimits LIMITS = JsonLimits.AUTHORED.withBytes(BundleReader.MAX_LENGTH);

    private BundleSyntax() {}

    /// What became of the text.
    sealed interface Parsed {}

    record Tree(JsonObject object) implements Parsed {}

    /// @param reason a sentence that names the file
    record Refused(String reason) implements Parsed {}

    static Parsed parse(String fileName, byte[] text) {
        try {
            var value = isYaml(fileName, text)
                    ? PlainScalars.asTexts(YamlReader.read(withoutMark(text), LIMITS))
                    : JsonReader.read(text, LIMITS);
            if (!(value instanceof JsonObject object)) {
                return new Refused(fileName + " is no bundle: it must be "
                        + (isYaml(fileName, text) ? "a YAML mapping" : "a JSON object"));
            }
            if (object.get(RECORDED).isPresent()) {
                return new Refused(fileName + " is no bundle but Anchore's record of one: the bundle is its member '"
                        + RECORDED + "'");
            }
            return new Tree(object);
        } catch (JsonException e) {
            return new Refused(fileName + " is no bundle: " + e.getMessage());
        }
    }

    /// Whether the text is read as YAML.
    static boolean isYaml(String fileName, byte[] text) {
        var name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return true;
        }
        var plain = withoutMark(text);
        return !name.endsWith(".json")
                && !new String(plain, 0, Math.min(plain.length, LOOKED_AT), StandardCharsets.UTF_8)
                        .stripLeading()
                        .startsWith("{");
    }

    private static byte[] withoutMark(byte[] text) {
        return text.length >= BYTE_ORDER_MARK.length
                        && Arrays.equals(text, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
                ? Arrays.copyOfRange(text, BYTE_ORDER_MARK.length, text.length)
                : text;
    }

    /// Whether a tree has what only bundles have.
    static boolean looksLikeABundle(JsonValue value) {
        return value instanceof JsonObject object
                && object.members().keySet().stream().anyMatch(BundleShape.BUNDLE_LISTS::contains);
    }
}
