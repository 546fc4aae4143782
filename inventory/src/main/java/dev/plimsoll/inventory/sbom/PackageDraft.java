package dev.plimsoll.inventory.sbom;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.rpm.SourceRpm;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// A package of a document while the document is read: the same package URL may come several times, each time with
/// other places. Not safe for several threads.
final class PackageDraft {

    private final PackageUrl purl;
    private final PackageType type;
    private Optional<SourcePackage> source;
    private String modularity;
    private String name;
    private final Set<String> licenses = new LinkedHashSet<>();
    private final Set<Component.Place> places = new LinkedHashSet<>();
    private final Set<String> ownedFiles = new LinkedHashSet<>();
    private int mentions;
    private int ownedMentions;
    private Optional<PackageUrl> owner = Optional.empty();

    PackageDraft(PackageUrl purl, PackageType type) {
        this.purl = purl;
        this.type = type;
        this.name = purl.displayName();
        this.source = sourceOf(purl, type);
        this.modularity = purl.qualifier("rpmmod")
                .or(() -> purl.qualifier("modularitylabel"))
                .orElse("");
    }

    PackageUrl purl() {
        return purl;
    }

    /// Whether the document names a source package, be it the same.
    boolean saysSource() {
        return source.isPresent();
    }

    boolean saysLicense() {
        return !licenses.isEmpty();
    }

    PackageType type() {
        return type;
    }

    /// Adds what one more mention says.
    void mention(Component component) {
        mentions++;
        if (purl.namespace().isEmpty()
                && PackageUrl.normalName(type, component.name).equals(purl.name())) {
            name = component.name; // as its people write it, which the URL may not keep
        }
        source = source.or(() -> component.source);
        modularity = modularity.isEmpty() ? component.modularity : modularity;
        licenses.addAll(component.licenses);
        places.addAll(component.locations);
        ownedFiles.addAll(component.ownedFiles);
        PackageUrl.parse(component.owner).ifPresent(this::ownedBy);
    }

    /// One of its mentions belongs to a package of the distribution.
    void ownedBy(PackageUrl other) {
        ownedMentions++;
        owner = owner.or(() -> Optional.of(other));
    }

    /// @param sourcesAreSaid whether the document would say a source package that is another
    ImagePackage finish(ImageDraft image, boolean sourcesAreSaid, String analyzer) {
        var version = version();
        return new ImagePackage(
                purl,
                type,
                name,
                version,
                source(version, sourcesAreSaid),
                purl.qualifier("arch").orElse(""),
                modularity,
                Evidence.INSTALLED,
                analyzer,
                locations(image),
                OptionalInt.empty(),
                List.copyOf(licenses),
                List.copyOf(ownedFiles),
                // a copy that nobody owns stands for itself
                ownedMentions >= mentions ? owner : Optional.empty());
    }

    private List<Location> locations(ImageDraft image) {
        return places.stream()
                .map(place -> new Location(place.path(), image.indexOf(place.diffId())))
                .toList();
    }

    /// As the package database writes it: with the epoch, which is a qualifier in URLs of rpm, and in Trivy's of deb.
    private String version() {
        var epoch = purl.qualifier("epoch").orElse("");
        boolean missing = switch (type) {
            case RPM -> true;
            case DEB -> !epoch.equals("0");
            default -> false;
        };
        return missing && !epoch.isEmpty() && purl.version().indexOf(':') < 0
                ? epoch + ":" + purl.version()
                : purl.version();
    }

    private Optional<SourcePackage> source(String version, boolean sourcesAreSaid) {
        if (source.isPresent()) {
            var named = source.get();
            return named.version().isEmpty() ? Optional.of(new SourcePackage(named.name(), version)) : source;
        }
        return type.ofDistribution() && type != PackageType.RPM && sourcesAreSaid
                ? Optional.of(new SourcePackage(purl.name(), version))
                : Optional.empty();
    }

    /// The qualifier `upstream`: `openssl`, `bash@5.2.15-2`, for rpm the file name of the source package.
    private static Optional<SourcePackage> sourceOf(PackageUrl purl, PackageType type) {
        var upstream = purl.qualifier("upstream").orElse("");
        if (upstream.isEmpty() || !type.ofDistribution()) {
            return Optional.empty();
        }
        if (type == PackageType.RPM) {
            return SourceRpm.parse(upstream);
        }
        int at = upstream.indexOf('@');
        return Optional.of(
                at > 0
                        ? new SourcePackage(upstream.substring(0, at), upstream.substring(at + 1))
                        : new SourcePackage(upstream, ""));
    }

    /// The URL in the form in which packages are kept: normal names, no tool's own qualifiers.
    static PackageUrl normal(PackageUrl url, PackageType type) {
        var qualifiers = new TreeMap<>(url.qualifiers());
        qualifiers.remove("package-id");
        return PackageUrl.of(type, url.namespace(), url.name(), url.version(), qualifiers);
    }
}
