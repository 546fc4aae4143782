package dev.plimsoll.inventory.serial;

import dev.plimsoll.image.Digest;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A value with its place in the document, so that an error can say where it is.
///
/// @param place JSON pointer (RFC 6901)
record Node(String place, JsonValue value) {

    /// In characters.
    private static final int MAX_SHOWN = 120;

    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,4}");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    JsonException wrong(String how) {
        return new JsonException("at " + (place.isEmpty() ? "the top" : shown(place)) + ": " + how);
    }

    private static String article(String type) {
        return ("ao".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    /// A text of the document for a message.
    static String quoted(String text) {
        return "'" + shown(text) + "'";
    }

    /// Not long, and without signs that a terminal obeys.
    private static String shown(String text) {
        var shown = new StringBuilder().append(text, 0, Math.min(text.length(), MAX_SHOWN));
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '\ufffd');
            }
        }
        return shown.append(text.length() > MAX_SHOWN ? "…" : "").toString();
    }

    private JsonObject asObject() throws JsonException {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong(article(value.typeName()) + " where an object belongs");
    }

    Optional<Node> optional(String name) throws JsonException {
        return asObject()
                .get(name)
                .filter(member -> !(member instanceof JsonNull))
                .map(member -> new Node(place + "/" + name.replace("~", "~0").replace("/", "~1"), member));
    }

    Node member(String name) throws JsonException {
        return optional(name).orElseThrow(() -> wrong("'" + name + "' is missing"));
    }

    Node object(String name) throws JsonException {
        var member = member(name);
        member.asObject();
        return member;
    }

    List<Node> array(String name) throws JsonException {
        return member(name).elements();
    }

    List<Node> elements() throws JsonException {
        if (!(value instanceof JsonArray(var elements))) {
            throw wrong(article(value.typeName()) + " where an array belongs");
        }
        var nodes = new ArrayList<Node>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            nodes.add(new Node(place + "/" + i, elements.get(i)));
        }
        return nodes;
    }

    String asText() throws JsonException {
        if (value instanceof JsonString(var text)) {
            return text;
        }
        throw wrong(article(value.typeName()) + " where a string belongs");
    }

    String text(String name) throws JsonException {
        return member(name).asText();
    }

    Optional<String> optionalText(String name) throws JsonException {
        var member = optional(name);
        return member.isPresent() ? Optional.of(member.get().asText()) : Optional.empty();
    }

    List<String> texts(String name) throws JsonException {
        var texts = new ArrayList<String>();
        for (var element : array(name)) {
            texts.add(element.asText());
        }
        return texts;
    }

    Map<String, String> textMembers() throws JsonException {
        var texts = new TreeMap<String, String>();
        for (var name : asObject().members().keySet()) {
            texts.put(name, text(name));
        }
        return texts;
    }

    String choice(String name, String... allowed) throws JsonException {
        var node = member(name);
        if (!List.of(allowed).contains(node.asText())) {
            throw node.wrong(quoted(node.asText()) + " is none of " + String.join(", ", allowed));
        }
        return node.asText();
    }

    boolean bool(String name) throws JsonException {
        if (member(name).value instanceof JsonBoolean(var bool)) {
            return bool;
        }
        throw member(name).wrong("is neither true nor false");
    }

    long asNumber(long least, long most) throws JsonException {
        if (value instanceof JsonNumber(var number)
                && number.compareTo(MOST) <= 0
                && number.signum() >= 0
                && number.stripTrailingZeros().scale() <= 0
                && number.longValue() >= least
                && number.longValue() <= most) {
            return number.longValue();
        }
        throw wrong("is no whole number from " + least + " to " + most);
    }

    long number(String name) throws JsonException {
        return member(name).asNumber(0, Long.MAX_VALUE);
    }

    OptionalLong optionalNumber(String name) throws JsonException {
        var member = optional(name);
        return member.isPresent() ? OptionalLong.of(member.get().asNumber(0, Long.MAX_VALUE)) : OptionalLong.empty();
    }

    int asOctal() throws JsonException {
        var text = asText();
        if (!OCTAL.matcher(text).matches()) {
            throw wrong(quoted(text) + " is no mode in octal digits");
        }
        return Integer.parseInt(text, 8);
    }

    Digest digest(String name) throws JsonException {
        return member(name).asDigest();
    }

    private Digest asDigest() throws JsonException {
        var text = asText();
        return Digest.parse(text).orElseThrow(() -> wrong(quoted(text) + " is no digest"));
    }

    Optional<Digest> optionalDigest(String name) throws JsonException {
        var member = optional(name);
        return member.isPresent() ? Optional.of(member.get().asDigest()) : Optional.empty();
    }

    List<Digest> digests(String name) throws JsonException {
        var digests = new ArrayList<Digest>();
        for (var element : array(name)) {
            digests.add(element.asDigest());
        }
        return digests;
    }

    PackageUrl purl(String name) throws JsonException {
        return member(name).asPurl();
    }

    private PackageUrl asPurl() throws JsonException {
        var text = asText();
        return PackageUrl.parse(text).orElseThrow(() -> wrong(quoted(text) + " is no package URL"));
    }

    Optional<PackageUrl> optionalPurl(String name) throws JsonException {
        var member = optional(name);
        return member.isPresent() ? Optional.of(member.get().asPurl()) : Optional.empty();
    }

    List<PackageUrl> purls(String name) throws JsonException {
        var purls = new ArrayList<PackageUrl>();
        for (var element : array(name)) {
            purls.add(element.asPurl());
        }
        return purls;
    }

    PackageType packageType(String name) throws JsonException {
        var text = text(name);
        return PackageType.of(text)
                .orElseThrow(() -> wrong(quoted(text) + " is no type of package that is known here"));
    }
}
