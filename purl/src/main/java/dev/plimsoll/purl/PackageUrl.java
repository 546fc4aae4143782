package dev.plimsoll.purl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A package URL in its canonical form: `pkg:type/namespace/name@version?qualifiers#subpath`.
///
/// Source: package-url/purl-spec, "Package URL specification v1.0.X", sections "Rules for each purl component" and
/// "How to build/parse". Values are held decoded; {@link #toString()} encodes them. Ordered by that text.
///
/// @param type lower case, for example `deb`
/// @param namespace segments joined by `/`, empty where there is none: `debian`, `org.apache.logging.log4j`, `@babel`
/// @param version empty where there is none
/// @param qualifiers sorted by key; keys lower case, values not empty
/// @param subpath empty where there is none
public record PackageUrl(
        String type, String namespace, String name, String version, Map<String, String> qualifiers, String subpath)
        implements Comparable<PackageUrl> {

    private static final String UNRESERVED = "-._~";

    public PackageUrl {
        type = type.toLowerCase(Locale.ROOT);
        if (type.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a package URL needs a type and a name");
        }
        var sorted = new TreeMap<String, String>();
        qualifiers.forEach((key, value) -> {
            if (!value.isEmpty()) {
                sorted.put(key.toLowerCase(Locale.ROOT), value);
            }
        });
        qualifiers = Collections.unmodifiableSortedMap(sorted);
    }

    private static final Pattern PYPI_SEPARATORS = Pattern.compile("[-_.]+");

    /// A URL of the type with its normal form of namespace and name; see {@link #normalName}.
    public static PackageUrl of(
            PackageType type, String namespace, String name, String version, Map<String, String> qualifiers) {
        return new PackageUrl(
                type.purlType(), normalNamespace(type, namespace), normalName(type, name), version, qualifiers, "");
    }

    /// The name as the type's rules write it: PyPI lower case with `-` for `_`; deb, apk, GitHub lower case.
    /// Runs of `-`, `_` and `.` are one name to PyPI, but the purl specification folds only `_`.
    public static String normalName(PackageType type, String name) {
        return switch (type) {
            case PYPI -> name.toLowerCase(Locale.ROOT).replace('_', '-');
            case DEB, APK, ALPM, BITNAMI, COMPOSER, GITHUB, HEX, PUB -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }

    /// The name by which packages of the type are told apart: PyPI's in lower case with one `-` for each run of `-`,
    /// `_` and `.` (PEP 503), others as they are.
    public static String comparableName(PackageType type, String name) {
        return type == PackageType.PYPI
                ? PYPI_SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT)
                : name;
    }

    private static String normalNamespace(PackageType type, String namespace) {
        return switch (type) {
            case DEB, APK, ALPM, RPM, COMPOSER, GITHUB, HEX -> namespace.toLowerCase(Locale.ROOT);
            case CPAN -> namespace.toUpperCase(Locale.ROOT);
            default -> namespace;
        };
    }

    /// Reads a package URL; empty where the text is none.
    public static Optional<PackageUrl> parse(String text) {
        if (!text.regionMatches(true, 0, "pkg:", 0, 4)) {
            return Optional.empty();
        }
        var rest = text.substring(4);
        var subpath = "";
        var hash = rest.lastIndexOf('#');
        if (hash >= 0) {
            subpath = decodedSegments(rest.substring(hash + 1));
            rest = rest.substring(0, hash);
        }
        Map<String, String> qualifiers = new TreeMap<>();
        var question = rest.lastIndexOf('?');
        if (question >= 0) {
            for (var pair : split(rest.substring(question + 1), '&')) {
                var equals = pair.indexOf('=');
                if (equals > 0) {
                    qualifiers.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
                }
            }
            rest = rest.substring(0, question);
        }
        rest = trimmed(rest);
        var slash = rest.indexOf('/');
        if (slash <= 0) {
            return Optional.empty();
        }
        var type = rest.substring(0, slash);
        rest = rest.substring(slash + 1);
        var version = "";
        var at = rest.lastIndexOf('@');
        if (at > rest.lastIndexOf('/') && at > 0) {
            version = decoded(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        rest = trimmed(rest);
        var last = rest.lastIndexOf('/');
        var name = decoded(rest.substring(last + 1));
        var namespace = last < 0 ? "" : decodedSegments(rest.substring(0, last));
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new PackageUrl(type, namespace, name, version, qualifiers, subpath));
    }

    /// The qualifier of that key.
    public Optional<String> qualifier(String key) {
        return Optional.ofNullable(qualifiers.get(key));
    }

    /// The name with its namespace as the ecosystem's people write it: `group:artifact` for Maven, `namespace/name` for
    /// the
    /// languages that have one, the bare name for distributions, whose namespace is the vendor.
    public String displayName() {
        if (namespace.isEmpty()) {
            return name;
        }
        return switch (type) {
            case "maven" -> namespace + ":" + name;
            case "deb", "rpm", "apk", "alpm" -> name;
            default -> namespace + "/" + name;
        };
    }

    @Override
    public int compareTo(PackageUrl other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        var text = new StringBuilder("pkg:").append(type).append('/');
        for (var segment : split(namespace, '/')) {
            text.append(encoded(segment, "")).append('/');
        }
        text.append(encoded(name, ""));
        if (!version.isEmpty()) {
            text.append('@').append(encoded(version, ":"));
        }
        var separator = '?';
        for (var entry : qualifiers.entrySet()) {
            text.append(separator).append(entry.getKey()).append('=').append(encoded(entry.getValue(), ":"));
            separator = '&';
        }
        if (!subpath.isEmpty()) {
            var parts = new ArrayList<String>();
            split(subpath, '/').forEach(part -> parts.add(encoded(part, "")));
            text.append('#').append(String.join("/", parts));
        }
        return text.toString();
    }

    private static String trimmed(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && text.charAt(from) == '/') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(from, to);
    }

    private static String decodedSegments(String text) {
        var parts = new ArrayList<String>();
        split(text, '/').forEach(part -> parts.add(decoded(part)));
        return String.join("/", parts);
    }

    /// The parts between separators that are not empty.
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var from = 0;
        while (from <= text.length()) {
            var to = text.indexOf(separator, from);
            if (to < 0) {
                to = text.length();
            }
            if (to > from) {
                parts.add(text.substring(from, to));
            }
            from = to + 1;
        }
        return parts;
    }

    private static String encoded(String text, String alsoPlain) {
        StringBuilder out = null;
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            var c = (char) (bytes[i] & 0xff);
            var plain = isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0 || alsoPlain.indexOf(c) >= 0;
            if (!plain && out == null) {
                out = new StringBuilder(text.length() + 16).append(new String(bytes, 0, i, StandardCharsets.UTF_8));
            }
            if (out != null) {
                if (plain) {
                    out.append(c);
                } else {
                    out.append('%').append(hex(c >> 4)).append(hex(c & 15));
                }
            }
        }
        return out == null ? text : out.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    /// Percent escapes resolved as UTF-8; a `%` that begins no escape stays as it is.
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new byte[bytes.length];
        var length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && digit(bytes[i + 1]) >= 0 && digit(bytes[i + 2]) >= 0) {
                out[length++] = (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2]));
                i += 2;
            } else {
                out[length++] = bytes[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static int digit(byte b) {
        return Character.digit((char) (b & 0xff), 16);
    }
}
