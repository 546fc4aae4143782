package dev.plimsoll.inventory.license;

import dev.plimsoll.inventory.license.LicenseExpression.License;
import dev.plimsoll.inventory.license.LicenseExpression.Reference;
import dev.plimsoll.purl.PackageType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a package's licences mean as one SPDX expression: a pure function of what the package says.
///
/// A text that is neither an expression nor a known name becomes a `LicenseRef-`, with the text kept. Several licences
/// of one package all apply, but where the ecosystem says that the user may choose (Maven, RubyGems, CPAN).
///
/// @param expression of licences of the SPDX list, and of references
/// @param references the texts of the references, by their ids, sorted
public record Licensing(LicenseExpression expression, Map<String, String> references) {

    /// Ecosystems whose metadata lists licences to choose from.
    ///
    /// Source: Maven, POM reference, "Licenses"; RubyGems, Specification, `licenses=`; CPAN::Meta::Spec, `license`.
    private static final Set<PackageType> CHOICE = EnumSet.of(PackageType.MAVEN, PackageType.GEM, PackageType.CPAN);

    /// In characters, of the readable part of a reference.
    private static final int MAX_REFERENCE = 60;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.-]+( [A-Za-z0-9.-]+)*");
    private static final Pattern NOT_OF_REFERENCE = Pattern.compile("[^A-Za-z0-9.]+");
    private static final Pattern OPERATORS =
            Pattern.compile("(?i)\\s+(?:and|or|with)\\s+|[()]|\\s*/\\s*|\\s*[;|,&]\\s*|\\s+and/or\\s+");

    /// In words: more are prose, in which `and` and `or` are no operators.
    private static final int MAX_WORDS = 6;

    public Licensing {
        references = Collections.unmodifiableMap(new TreeMap<>(references));
    }

    /// @param licenses as {@link dev.plimsoll.inventory.ImagePackage#licenses()} has them
    /// @return empty where the package says nothing
    public static Optional<Licensing> of(PackageType type, List<String> licenses) {
        var references = new TreeMap<String, String>();
        var parts = new ArrayList<LicenseExpression>();
        for (var text : licenses) {
            if (!text.isBlank()) {
                parts.add(expression(text.strip(), references));
            }
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Licensing(
                CHOICE.contains(type) ? LicenseExpression.anyOf(parts) : LicenseExpression.allOf(parts), references));
    }

    /// Whether every part is a licence of the SPDX list.
    public boolean isListed() {
        return references.isEmpty();
    }

    /// The one text that was not understood at all; empty where a part was.
    public Optional<String> onlyText() {
        return expression instanceof Reference(var id) ? Optional.ofNullable(references.get(id)) : Optional.empty();
    }

    private static LicenseExpression expression(String text, Map<String, String> references) {
        return LicenseExpression.parse(text)
                .map(found -> keepOwn(found, references))
                .or(() -> LicenseNames.KNOWN.meaning(text))
                .or(() -> classifier(text))
                .or(() -> composed(text, references))
                .orElseGet(() -> reference(text, references));
    }

    /// A document must explain each reference, also one that the package itself has.
    private static LicenseExpression keepOwn(LicenseExpression expression, Map<String, String> references) {
        expression.forEachLicense(part -> {
            if (part instanceof Reference(var id)) {
                references.putIfAbsent(id, id);
            }
        });
        return expression;
    }

    /// `License :: OSI Approved :: MIT License`.
    ///
    /// Source: PyPI, "Classifiers".
    private static Optional<LicenseExpression> classifier(String text) {
        int last = text.lastIndexOf("::");
        return last < 0
                ? Optional.empty()
                : LicenseNames.KNOWN.meaning(text.substring(last + 2).strip());
    }

    /// Names with operators between them, as rpm, Cargo and many people write: `GPLv2+ and (MIT or BSD)`, `MIT/X11`.
    /// At least one name must be known.
    private static Optional<LicenseExpression> composed(String text, Map<String, String> references) {
        if (text.length() > ExpressionReader.MAX_LENGTH
                || !OPERATORS.matcher(text).find()) {
            return Optional.empty();
        }
        var words = new StringBuilder();
        var meanings = new ArrayList<LicenseExpression>();
        var texts = new TreeMap<String, String>();
        int end = 0;
        boolean isKnown = false;
        var operators = OPERATORS.matcher(text);
        for (boolean more = true; more; ) {
            more = operators.find();
            var name = text.substring(end, more ? operators.start() : text.length())
                    .strip();
            if (!name.isEmpty()) {
                if (name.split("\\s+", -1).length > MAX_WORDS) {
                    return Optional.empty();
                }
                var exception = ExceptionNames.KNOWN.identifier(name);
                var known = SpdxLicenses.KNOWN.license(name).or(() -> LicenseNames.KNOWN.meaning(name));
                isKnown |= known.isPresent();
                if (exception.isPresent()) {
                    words.append(exception.get());
                } else {
                    words.append('#').append(meanings.size());
                    meanings.add(known.orElseGet(() -> reference(name, texts)));
                }
            }
            if (more) {
                words.append(operator(operators.group().strip()));
                end = operators.end();
            }
        }
        if (!isKnown) {
            return Optional.empty();
        }
        var read = new ExpressionReader(
                        words.toString(),
                        word -> word.startsWith("#")
                                ? Optional.of(meanings.get(Integer.parseInt(word.substring(1))))
                                : Optional.empty())
                .read();
        read.ifPresent(_ -> references.putAll(texts));
        return read;
    }

    /// A slash is Cargo's old *or*; commas and semicolons list what applies.
    private static String operator(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "(" -> " ( ";
            case ")" -> " ) ";
            case "or", "/", "|" -> " OR ";
            case "with" -> " WITH ";
            default -> " AND ";
        };
    }

    private static LicenseExpression reference(String text, Map<String, String> references) {
        var id = "LicenseRef-" + readable(text);
        references.putIfAbsent(id, text);
        return new Reference(id);
    }

    /// The text where it can stand in a reference; else what can, and a digest, so that two texts stay two.
    private static String readable(String text) {
        if (text.length() <= MAX_REFERENCE && PLAIN.matcher(text).matches()) {
            return text.replace(' ', '-');
        }
        var words = NOT_OF_REFERENCE
                .matcher(text.substring(0, Math.min(text.length(), MAX_REFERENCE)))
                .replaceAll("-");
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return (words + "-" + HexFormat.of().formatHex(digest, 0, 4)).replaceAll("^-+", "");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Identifiers of the SPDX list that the expression names, sorted.
    public Set<String> identifiers() {
        var identifiers = new java.util.TreeSet<String>();
        expression.forEachLicense(part -> {
            if (part instanceof License(var id, var _)) {
                identifiers.add(id);
            }
        });
        return identifiers;
    }
}
