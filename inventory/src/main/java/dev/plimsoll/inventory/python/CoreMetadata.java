package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The header fields of one distribution's metadata, up to the empty line.
///
/// Source: PyPA, "Core metadata specifications".
final class CoreMetadata {

    private static final String LICENSE_CLASSIFIER = "License ::";

    /// A project's name. Source: PyPA, "Names and normalization".
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]");

    /// In bytes.
    static final int MAX_LINE = 256 << 10;

    /// In characters, of all header fields; the description follows them and is not read.
    static final int MAX_HEADERS = 1 << 20;

    /// In characters, of a name or a version.
    static final int MAX_NAME = 512;

    /// In characters; a longer licence is its text and not its name.
    static final int MAX_LICENSE = 200;

    /// In licence classifiers of one distribution.
    static final int MAX_CLASSIFIERS = 100;

    /// In distributions that one requires.
    static final int MAX_DEPENDENCIES = 5_000;

    private String name = "";
    private String version = "";
    private String license = "";
    private boolean inLicense;
    private boolean licenseGoesOn;
    private String expression = "";
    private final List<String> classifiers = new ArrayList<>();
    private final Set<String> required = new LinkedHashSet<>();

    private CoreMetadata() {}

    /// @param key what other files of the distribution name it by, empty where there are none
    /// @param place within the file, empty for the file itself
    static void read(InputStream content, String key, String place, FactSink facts) throws IOException {
        var headers = new CoreMetadata();
        var lines = new LineReader(content, MAX_LINE);
        var reading = true;
        for (long length = 0; reading; ) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    length += text.length() + 1;
                    if (length > MAX_HEADERS) {
                        facts.unknown(
                                place, "header fields over " + MAX_HEADERS + " characters; the rest was not read");
                    }
                    reading = length <= MAX_HEADERS && headers.accept(text);
                }
                case Line.TooLong(var number) ->
                    facts.unknown(
                            place.isEmpty() ? "line " + number : place + ", line " + number,
                            "line over " + MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        headers.finish(key, place, facts);
    }

    /// @return whether more headers may follow
    private boolean accept(String line) {
        if (line.isEmpty()) {
            return false;
        }
        var colon = line.indexOf(':');
        if (colon <= 0 || Character.isWhitespace(line.charAt(0))) {
            licenseGoesOn |= inLicense && !line.isBlank();
            return true; // goes on with the field before
        }
        inLicense = false;
        var value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "name" -> name = name.isEmpty() ? value : name;
            case "version" -> version = version.isEmpty() ? value : version;
            case "license" -> {
                license = value;
                inLicense = true;
                licenseGoesOn = false;
            }
            case "requires-dist" -> require(value);
            case "license-expression" -> expression = value;
            case "classifier" -> {
                if (value.startsWith(LICENSE_CLASSIFIER)
                        && value.length() <= MAX_LICENSE
                        && classifiers.size() < MAX_CLASSIFIERS) {
                    classifiers.add(value.substring(value.lastIndexOf("::") + 2).strip());
                }
            }
            default -> {
                // the other fields say nothing that is asked for here
            }
        }
        return true;
    }

    /// What only an extra needs may or may not be there; nothing says whether the extra was asked for.
    private void require(String value) {
        if (required.size() < MAX_DEPENDENCIES) {
            Requirement.of(value)
                    .filter(found -> !found.isOfExtra() && found.name().length() <= MAX_NAME)
                    .map(Requirement::normalName)
                    .ifPresent(required::add);
        }
    }

    private void finish(String key, String place, FactSink facts) {
        if (name.isEmpty()) {
            facts.unknown(place, "metadata without a name");
            return;
        }
        if (name.length() > MAX_NAME || version.length() > MAX_NAME) {
            facts.unknown(place, "name or version over " + MAX_NAME + " characters");
            return;
        }
        if (!NAME.matcher(name).matches()) {
            facts.unknown(place, "'" + name + "' is no name of a project");
            return;
        }
        if (version.isEmpty()) {
            facts.unknown(place, "metadata of '" + name + "' without a version");
            return;
        }
        facts.add(PackageFound.ofLanguage(PackageType.PYPI, "", name, version, licenses(), place)
                .keyed(key)
                .withDependencies(List.copyOf(required)));
    }

    /// An expression says most; then the field, unless it holds the whole text of a licence; then the classifiers.
    private List<String> licenses() {
        if (!expression.isEmpty() && expression.length() <= MAX_NAME) {
            return List.of(expression);
        }
        var usable = !license.isEmpty()
                && !licenseGoesOn
                && license.length() <= MAX_LICENSE
                && !license.equalsIgnoreCase("unknown");
        return usable ? List.of(license) : classifiers;
    }
}
