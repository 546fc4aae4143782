package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.analysis.AnalysisSettings.DeclaredPackages;
import dev.plimsoll.inventory.dotnet.DepsJsonAnalyzer;
import dev.plimsoll.inventory.dotnet.PortableExecutableAnalyzer;
import dev.plimsoll.inventory.golang.GoSymbols;
import dev.plimsoll.inventory.license.LicenseFileAnalyzer;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/// Makes packages of facts: pairs evidence of different files, adds the distribution, the layer of origin and the
/// owner, and merges what is the same.
final class PackageAssembly {

    private static final String DOCUMENTS = "usr/share/doc/";
    private static final String COPYRIGHT = "/copyright";

    private final FileTree tree;
    private final Optional<Distribution> distribution;
    private final List<LayerFound> visible;
    private final Map<String, List<String>> ownedFiles = new HashMap<>();
    private final Map<String, List<String>> licenses = new HashMap<>();
    private final Map<String, Map<PackageProperty, String>> properties = new HashMap<>();
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private final Diversions diversions;
    private final Map<String, Integer> origins = new HashMap<>();

    /// The packages that other facts name, by type and key.
    private final Map<String, PackageUrl> named = new HashMap<>();

    private final IntFunction<OptionalInt> layers;
    private final DeclaredEvidence declared;

    /// Folders with a list of dependencies of .NET.
    private final Set<String> listedFolders = new HashSet<>();
    private List<Unknown> unidentified = List.of();

    /// @param everything evidence of all layers, hidden too: it tells where a package came in
    /// @param declaredPackages whether what lock files list counts
    /// @param layers the layer of an index, empty where nothing describes layers
    PackageAssembly(
            FileTree tree,
            Optional<Distribution> distribution,
            List<LayerFound> visible,
            List<LayerFound> everything,
            DeclaredPackages declaredPackages,
            IntFunction<OptionalInt> layers) {
        this.declared = new DeclaredEvidence(declaredPackages, visible);
        this.layers = layers;
        this.tree = tree;
        this.distribution = distribution;
        this.visible = visible;
        this.diversions = Diversions.of(visible);
        for (var evidence : visible) {
            if (evidence.found().analyzer().equals(DepsJsonAnalyzer.ID)) {
                listedFolders.add(folder(evidence.found().path()));
            }
            for (var fact : evidence.found().facts()) {
                switch (fact) {
                    case Fact.OwnedFiles(var type, var key, var paths) ->
                        ownedFiles
                                .computeIfAbsent(type + " " + key, _ -> new ArrayList<>())
                                .addAll(paths);
                    case Fact.Licenses(var type, var key, var names) ->
                        licenses.computeIfAbsent(type + " " + key, _ -> new ArrayList<>())
                                .addAll(names);
                    case Fact.Properties(var type, var key, var values) -> {
                        var all =
                                properties.computeIfAbsent(type + " " + key, _ -> new EnumMap<>(PackageProperty.class));
                        values.forEach(all::putIfAbsent);
                    }
                    case Fact.Dependencies(var type, var key, var names) ->
                        dependencies
                                .computeIfAbsent(type + " " + key, _ -> new ArrayList<>())
                                .addAll(names);
                    case PackageFound _,
                            Fact.FileClaims _,
                            Fact.Diverted _,
                            Fact.Digested _,
                            Fact.Content _,
                            Fact.Executable _,
                            Fact.DistributionFound _ -> {}
                }
            }
        }
        for (var evidence : everything) {
            for (var fact : evidence.found().facts()) {
                if (fact instanceof PackageFound found) {
                    origins.merge(identity(evidence, found), evidence.layer(), Math::min);
                }
            }
        }
    }

    List<ImagePackage> packages() {
        Map<String, ImagePackage> merged = new LinkedHashMap<>();
        Map<String, Set<String>> needed = new HashMap<>();
        var declaring = new HashSet<String>();
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                if (!(fact instanceof PackageFound found)) {
                    continue;
                }
                if (isToldBetter(evidence, found)) {
                    continue;
                }
                if (found.evidence() == Evidence.DECLARED) {
                    if (!declared.counts(evidence.found().path())) {
                        continue;
                    }
                    declaring.add(evidence.found().path());
                }
                var item = item(evidence, found);
                merged.merge(item.purl().toString(), item, PackageAssembly::merged);
                var names = needed.computeIfAbsent(item.purl().toString(), _ -> new TreeSet<>());
                names.addAll(found.dependencies());
                if (!found.key().isEmpty()) {
                    names.addAll(dependencies.getOrDefault(found.type() + " " + found.key(), List.of()));
                }
            }
        }
        var ownership = new Ownership(tree, declaring);
        var owned = ownership.withOwners(List.copyOf(merged.values()));
        unidentified = UnidentifiedPrograms.of(visible, owned, ownership, layers);
        return new Dependencies(owned).resolved(needed);
    }

    /// Programs that no package owns and nothing identifies; known once the packages are.
    List<Unknown> unidentified() {
        return unidentified;
    }

    /// The packages of .NET's own list of dependencies have NuGet's names, where the files beside it have but those of
    /// assemblies.
    private boolean isToldBetter(LayerFound evidence, PackageFound found) {
        return found.type() == PackageType.NUGET
                && evidence.found().analyzer().equals(PortableExecutableAnalyzer.ID)
                && listedFolders.contains(folder(evidence.found().path()));
    }

    /// What makes a package of two layers the same one. A distribution's package may be listed by another file of the
    /// database later.
    private static String identity(LayerFound evidence, PackageFound found) {
        var what = found.type() + " " + found.namespace() + " " + found.name() + " " + found.version() + " "
                + found.architecture();
        return found.type().ofDistribution()
                ? what
                : what + " " + evidence.found().path() + " " + found.place();
    }

    private ImagePackage item(LayerFound evidence, PackageFound found) {
        var files = new ArrayList<>(found.ownedFiles());
        var names = new ArrayList<>(found.licenses());
        if (!found.key().isEmpty()) {
            files.addAll(ownedFiles.getOrDefault(found.type() + " " + found.key(), List.of()));
            names.addAll(licenses.getOrDefault(found.type() + " " + documentedAs(found), List.of()));
        }
        if (names.isEmpty() && found.place().isEmpty()) {
            names.addAll(licenses.getOrDefault(
                    found.type() + " " + LicenseFileAnalyzer.FOLDER
                            + folder(evidence.found().path()),
                    List.of()));
        }
        files.replaceAll(file -> diversions.place(found.type(), found.name(), file));
        var properties = properties(found);
        var purl = purl(found, properties);
        if (!found.key().isEmpty()) {
            named.putIfAbsent(found.type() + " " + found.key(), purl);
        }
        var path = evidence.found().path() + (found.place().isEmpty() ? "" : "!/" + found.place());
        return new ImagePackage(
                purl,
                found.type(),
                name(found),
                found.version(),
                found.source(),
                found.architecture(),
                found.modularity(),
                found.evidence(),
                evidence.found().analyzer().toString(),
                List.of(new Location(path, layers.apply(evidence.layer()))),
                layers.apply(origins.getOrDefault(identity(evidence, found), evidence.layer())),
                names,
                files,
                Optional.empty(),
                found.cpes(),
                List.of(),
                properties);
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /// Its own, then what other files say of it, then what they say of all that they do not name.
    private Map<PackageProperty, String> properties(PackageFound found) {
        if (found.key().isEmpty() || properties.isEmpty()) {
            return found.properties();
        }
        var all = new EnumMap<PackageProperty, String>(PackageProperty.class);
        all.putAll(properties.getOrDefault(found.type() + " ", Map.of()));
        all.putAll(properties.getOrDefault(found.type() + " " + found.key(), Map.of()));
        all.putAll(found.properties());
        return all;
    }

    /// The package URL of the package that facts of that type name by that key; known once {@link #packages()} was
    /// called.
    Optional<PackageUrl> named(PackageType type, String key) {
        return Optional.ofNullable(named.get(type + " " + key));
    }

    Diversions diversions() {
        return diversions;
    }

    /// Several packages of one source may share a folder of documents, to which theirs are links (Debian Policy 12.5).
    private String documentedAs(PackageFound found) {
        if (found.type() != PackageType.DEB) {
            return found.key();
        }
        if (licenses.containsKey(found.type() + " " + found.name())) {
            return found.name();
        }
        return tree.resolve(DOCUMENTS + found.name() + COPYRIGHT)
                .filter(path -> path.startsWith(DOCUMENTS) && path.endsWith(COPYRIGHT))
                .map(path -> path.substring(DOCUMENTS.length(), path.length() - COPYRIGHT.length()))
                .orElse(found.name());
    }

    private PackageUrl purl(PackageFound found, Map<PackageProperty, String> properties) {
        var qualifiers = new TreeMap<>(found.qualifiers());
        var source = properties.getOrDefault(PackageProperty.VCS, "");
        if (!source.isEmpty()) {
            // what was built from a commit is not what the index has under the same version
            qualifiers.putIfAbsent("vcs_url", source);
        }
        var namespace = found.namespace();
        var version = found.version();
        if (found.type().ofDistribution() && distribution.isPresent()) {
            // A category of Gentoo stays: its names say nothing without.
            namespace = namespace.isEmpty() ? vendor(distribution.get().id()) : namespace;
            qualifiers.put("distro", distribution.get().qualifier());
        }
        if (found.type() == PackageType.RPM) {
            // The epoch is a qualifier there, not a part of the version (purl-spec, "rpm").
            version = version.substring(version.indexOf(':') + 1);
        }
        return PackageUrl.of(found.type(), namespace, found.name(), version, qualifiers);
    }

    /// The vendor's name in package URLs where it is not the distribution's id.
    private static String vendor(String id) {
        return switch (id) {
            case "rhel" -> "redhat";
            case "opensuse-leap", "opensuse-tumbleweed" -> "opensuse";
            case "sles" -> "suse";
            case "amzn" -> "amazon";
            case "ol" -> "oracle";
            default -> id;
        };
    }

    private static String name(PackageFound found) {
        if (found.namespace().isEmpty()) {
            return found.name();
        }
        return found.namespace() + (found.type() == PackageType.MAVEN ? ":" : "/") + found.name();
    }

    private static OptionalInt lower(OptionalInt left, OptionalInt right) {
        return left.isPresent() && right.isPresent()
                ? OptionalInt.of(Math.min(left.getAsInt(), right.getAsInt()))
                : OptionalInt.empty();
    }

    private static ImagePackage merged(ImagePackage one, ImagePackage other) {
        var left = one.evidence() == Evidence.DECLARED ? other : one;
        var right = one.evidence() == Evidence.DECLARED ? one : other;
        var locations = new ArrayList<>(left.locations());
        locations.addAll(right.locations());
        var names = both(left.licenses(), right.licenses());
        var files = both(left.ownedFiles(), right.ownedFiles());
        return new ImagePackage(
                left.purl(),
                left.type(),
                left.name(),
                left.version(),
                left.source(),
                left.architecture(),
                left.modularity(),
                left.evidence(),
                left.analyzer(),
                locations,
                lower(left.layer(), right.layer()),
                names,
                files,
                Optional.empty(),
                both(left.cpes(), right.cpes()),
                List.of(),
                properties(left, right));
    }

    private static Map<PackageProperty, String> properties(ImagePackage left, ImagePackage right) {
        if (right.properties().isEmpty() && !left.properties().containsKey(PackageProperty.SYMBOLS)) {
            return left.properties();
        }
        var all = new EnumMap<PackageProperty, String>(PackageProperty.class);
        all.putAll(right.properties());
        all.putAll(left.properties());
        if (!right.properties().containsKey(PackageProperty.SCOPE)
                || !left.properties().containsKey(PackageProperty.SCOPE)) {
            all.remove(PackageProperty.SCOPE); // what one place needs in production is not for development
        }
        if (all.remove(PackageProperty.SYMBOLS) != null) {
            symbols(left)
                    .flatMap(one -> symbols(right).map(one::with))
                    .ifPresent(both -> all.put(PackageProperty.SYMBOLS, both.text()));
        }
        return all;
    }

    private static Optional<GoSymbols> symbols(ImagePackage item) {
        return Optional.ofNullable(item.properties().get(PackageProperty.SYMBOLS))
                .flatMap(GoSymbols::parse);
    }

    private static List<String> both(List<String> left, List<String> right) {
        var all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }
}
