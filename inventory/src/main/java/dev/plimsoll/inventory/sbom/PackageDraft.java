package dev.plimsoll.inventory.sbom;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.rpm.SourceRpm;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// A package of a document while the document is read: the same package URL may come several times, each time with
/// other places. Not safe for several threads.
final class PackageDraft {

    /// In characters.
    private static final int MAX_CPE = 1000;

    /// Of one mention; further ones are passed over.
    private static final int MAX_CPES = 100;

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
    private final Set<PackageUrl> dependencies = new LinkedHashSet<>();
    /// CPE 2.3 names as the format has them.
    private final Set<String> cpes = new LinkedHashSet<>();
    /// The mention that Plimsoll wrote, where it wrote the document.
    private Optional<Component> ours = Optional.empty();

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
        if (component.isOurs()) {
            ours = ours.or(() -> Optional.of(component));
        }
        if (purl.namespace().isEmpty()
                && PackageUrl.normalName(type, component.name).equals(purl.name())) {
            name = component.name; // as its people write it, which the URL may not keep
        }
        source = source.or(() -> component.source);
        modularity = modularity.isEmpty() ? component.modularity : modularity;
        licenses.addAll(component.licenses);
        places.addAll(component.locations);
        ownedFiles.addAll(component.ownedFiles);
        component.cpes.stream()
                .filter(cpe -> cpe.startsWith("cpe:2.3:") && cpe.length() <= MAX_CPE)
                .limit(MAX_CPES)
                .forEach(cpes::add);
        PackageUrl.parse(component.owner).ifPresent(this::ownedBy);
        for (var url : component.said.getOrDefault(PlimsollProperties.DEPENDS_ON, List.of())) {
            PackageUrl.parse(url).ifPresent(this::needs);
        }
    }

    /// It needs another package.
    void needs(PackageUrl other) {
        dependencies.add(other);
    }

    /// One of its mentions belongs to a package of the distribution.
    void ownedBy(PackageUrl other) {
        ownedMentions++;
        owner = owner.or(() -> Optional.of(other));
    }

    /// @param sourcesAreSaid whether the document would say a source package that is another
    /// @param cpesAreGuessed whether the program that wrote the document makes CPE names up
    ImagePackage finish(ImageDraft image, boolean sourcesAreSaid, boolean cpesAreGuessed, String analyzer) {
        if (ours.isPresent()) {
            return exactly(ours.get(), image, analyzer);
        }
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
                ownedMentions >= mentions ? owner : Optional.empty(),
                cpesAreGuessed ? List.of() : List.copyOf(cpes),
                List.copyOf(dependencies),
                Map.of());
    }

    /// As Plimsoll wrote it.
    private ImagePackage exactly(Component said, ImageDraft image, String analyzer) {
        var name = said.said(PlimsollProperties.NAME);
        var version = said.said(PlimsollProperties.VERSION);
        var sourceName = said.said(PlimsollProperties.SOURCE_NAME);
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        said.said.forEach((key, values) ->
                PlimsollProperties.property(key).ifPresent(property -> properties.put(property, values.getFirst())));
        return new ImagePackage(
                purl,
                type,
                name.isEmpty() ? purl.displayName() : name,
                version.isEmpty() ? purl.version() : version,
                sourceName.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SourcePackage(sourceName, said.said(PlimsollProperties.SOURCE_VERSION))),
                said.said(PlimsollProperties.ARCHITECTURE),
                said.said(PlimsollProperties.MODULARITY),
                isDeclared(said) ? Evidence.DECLARED : Evidence.INSTALLED,
                analyzer,
                locations(image),
                image.known(PlimsollProperties.index(said.said(PlimsollProperties.LAYER))),
                said.said.getOrDefault(PlimsollProperties.LICENSE, List.of()),
                List.copyOf(ownedFiles),
                ownedMentions >= mentions ? owner : Optional.empty(),
                said.said.getOrDefault(PlimsollProperties.CPE, List.of()),
                List.copyOf(dependencies),
                properties);
    }

    /// Whether only a lock file or the like says that the package is there.
    static boolean isDeclared(Component component) {
        return component.said(PlimsollProperties.EVIDENCE).equals("declared");
    }

    private List<Location> locations(ImageDraft image) {
        return places.stream()
                .map(place -> new Location(
                        place.path(),
                        place.layer().isPresent() ? image.known(place.layer()) : image.indexOf(place.diffId())))
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
