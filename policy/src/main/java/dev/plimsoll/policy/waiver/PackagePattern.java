package dev.plimsoll.policy.waiver;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.Map;
import java.util.Optional;

/// Which packages a waiver means: a package URL (type, namespace and name; version and qualifiers where it has some),
/// or
/// `name` or `name@version`; `*` stands for any run of characters of a namespace, a name or a version, so that
/// `pkg:deb/*/curl` is curl of any distribution.
public final class PackagePattern {

    private final String text;
    private final NamePattern name;
    private final Optional<NamePattern> version;
    private final Optional<Identity> identity;

    /// What only a package URL says.
    private record Identity(String type, NamePattern namespace, String subpath, Map<String, String> qualifiers) {}

    private PackagePattern(String text, NamePattern name, Optional<NamePattern> version, Optional<Identity> identity) {
        this.text = text;
        this.name = name;
        this.version = version;
        this.identity = identity;
    }

    /// Empty where the text is none: it begins like a package URL and is not one, or has no name.
    public static Optional<PackagePattern> parse(String text) {
        if (text.regionMatches(true, 0, "pkg:", 0, 4)) {
            return PackageUrl.parse(text).flatMap(url -> ofUrl(text, url));
        }
        // an npm scope begins with @
        int at = text.lastIndexOf('@');
        var name = at > 0 ? text.substring(0, at) : text;
        var version = at > 0 ? Optional.of(text.substring(at + 1)) : Optional.<String>empty();
        if (name.isBlank() || version.map(String::isBlank).orElse(false)) {
            return Optional.empty();
        }
        return Wildcards.compile(name)
                .map(pattern ->
                        new PackagePattern(text, pattern, version.flatMap(Wildcards::compile), Optional.empty()));
    }

    private static Optional<PackagePattern> ofUrl(String text, PackageUrl url) {
        var type = PackageType.of(url.type());
        // The name in the type's own form: PyPI folds case.
        var name = type.map(known -> PackageUrl.normalName(known, url.name())).orElse(url.name());
        var version = Optional.of(url.version()).filter(found -> !found.isEmpty());
        var namespace = Wildcards.compile(url.namespace());
        var pattern = Wildcards.compile(name);
        if (namespace.isEmpty() || pattern.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PackagePattern(
                text,
                pattern.get(),
                version.flatMap(Wildcards::compile),
                Optional.of(new Identity(url.type(), namespace.get(), url.subpath(), url.qualifiers()))));
    }

    boolean matches(ImagePackage item) {
        if (identity.isPresent()) {
            var wanted = identity.get();
            var url = item.purl();
            return url.type().equals(wanted.type())
                    && name.matches(url.name())
                    && wanted.namespace().matches(url.namespace())
                    && (wanted.subpath().isEmpty() || url.subpath().equals(wanted.subpath()))
                    // the database's version may have an epoch that the URL has apart
                    && version.map(pattern -> pattern.matches(url.version()) || pattern.matches(item.version()))
                            .orElse(true)
                    && url.qualifiers()
                            .entrySet()
                            .containsAll(wanted.qualifiers().entrySet());
        }
        return name.matches(item.name())
                && version.map(pattern -> pattern.matches(item.version())).orElse(true);
    }

    /// What their names fit: the name of the package URL where it {@link #isUrl}, else the package's.
    public NamePattern name() {
        return name;
    }

    public boolean isUrl() {
        return identity.isPresent();
    }

    /// Whether it fits every package.
    boolean fitsAll() {
        return identity.isEmpty()
                && name.toString().equals("*")
                && version.map(any -> any.toString().equals("*")).orElse(true);
    }

    /// As the user wrote it.
    @Override
    public String toString() {
        return text;
    }
}
