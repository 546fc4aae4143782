package dev.plimsoll.server.packages;

import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.matching.DistinctPackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The written form of a distinct package: columns that can be asked for, and one of JSON for the rest.
///
/// The JSON has the members `source` and `source_version`, `architecture`, `modularity`, `owned_by`, `symbols`, in this
/// order; what the package has not is left out. PostgreSQL's texts hold no NUL: a name or version with one stands in
/// the
/// JSON as it is, and in its column with another character instead.
final class PackageContext {

    private PackageContext() {}

    /// SHA-256 of all of it, in hexadecimal digits: equal packages have equal digests, in every version.
    static String digest(DistinctPackage item) {
        var sum = sha256();
        for (var part : List.of(
                release(item),
                item.purl().toString(),
                item.type().purlType(),
                item.name(),
                item.version(),
                context(item))) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sum.update(bytes);
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    /// `debian:12`, empty where it is not known.
    static String release(DistinctPackage item) {
        return item.release().map(DistributionRelease::toString).orElse("");
    }

    static String context(DistinctPackage item) {
        return JsonWriter.text(json -> json.object(() -> {
                    if (isOdd(item.name()) || isOdd(item.version())) {
                        json.member("name", item.name()).member("version", item.version());
                    }
                    item.source()
                            .ifPresent(source ->
                                    json.member("source", source.name()).member("source_version", source.version()));
                    member(json, "architecture", item.architecture());
                    member(json, "modularity", item.modularity());
                    json.member("owned_by", item.ownedBy().map(PackageUrl::toString));
                    json.member("symbols", item.symbols());
                }))
                .strip();
    }

    private static boolean isOdd(String text) {
        return text.indexOf('\0') >= 0;
    }

    /// As a column takes it.
    static String column(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static void member(JsonWriter json, String name, String text) {
        if (!text.isEmpty()) {
            json.member(name, text);
        }
    }

    /// @throws IllegalStateException where the row says nothing that was written here
    static DistinctPackage read(String release, String purl, String type, String name, String version, String context) {
        try {
            if (!(JsonReader.read(context, JsonLimits.FOREIGN) instanceof JsonObject object)) {
                throw new IllegalStateException("the context of the package " + purl + " is no object");
            }
            return new DistinctPackage(
                    release(release),
                    PackageUrl.parse(purl)
                            .orElseThrow(() -> new IllegalStateException("'" + purl + "' is no package URL")),
                    PackageType.of(type).orElseThrow(() -> new IllegalStateException("'" + type + "' is no type")),
                    object.string("name").orElse(name),
                    object.string("version").orElse(version),
                    object.string("source")
                            .map(source -> new SourcePackage(
                                    source, object.string("source_version").orElse(""))),
                    object.string("architecture").orElse(""),
                    object.string("modularity").orElse(""),
                    object.string("owned_by").flatMap(PackageUrl::parse),
                    object.string("symbols"));
        } catch (JsonException e) {
            throw new IllegalStateException("the context of the package " + purl + " is damaged", e);
        }
    }

    private static Optional<DistributionRelease> release(String text) {
        var colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new DistributionRelease(text.substring(0, colon), text.substring(colon + 1)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
