package dev.plimsoll.inventory.declared;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Gathers what one lock file lists, and hands it on once for each package and version; or what one list of installed
/// packages does. Not safe for several threads.
public final class DeclaredPackages {

    /// In packages of one file; the largest of real ones list some five thousand.
    public static final int MAX_PACKAGES = 100_000;

    /// In dependencies of all packages of one file together.
    public static final int MAX_DEPENDENCIES = 1_000_000;

    /// In characters, of a name, a version, a licence or a digest.
    public static final int MAX_NAME = 512;

    private final PackageType type;
    private final FactSink facts;
    private final Evidence evidence;
    private final Map<String, DeclaredPackage> found = new LinkedHashMap<>();
    private int dependencies;
    private boolean tooMany;
    private boolean tooManyDependencies;

    public DeclaredPackages(PackageType type, FactSink facts) {
        this(type, facts, Evidence.DECLARED);
    }

    private DeclaredPackages(PackageType type, FactSink facts, Evidence evidence) {
        this.type = type;
        this.facts = facts;
        this.evidence = evidence;
    }

    /// For a file that lists what is installed.
    public static DeclaredPackages installed(PackageType type, FactSink facts) {
        return new DeclaredPackages(type, facts, Evidence.INSTALLED);
    }

    /// Takes a package that the file lists. A second entry of the same name and version adds its dependencies.
    public void add(DeclaredPackage listed) {
        if (listed.name().isBlank()) {
            facts.unknown("", "a package without a name");
            return;
        }
        if (listed.name().length() > MAX_NAME
                || listed.namespace().length() > MAX_NAME
                || listed.version().length() > MAX_NAME) {
            facts.unknown("", "name or version over " + MAX_NAME + " characters");
            return;
        }
        if (listed.version().isBlank()) {
            facts.unknown("", "'" + fullName(listed) + "' without a version");
            return;
        }
        if (listed.version().chars().anyMatch(c -> c < ' ')
                || listed.name().chars().anyMatch(c -> c < ' ')) {
            facts.unknown("", "a control character in a name or a version");
            return;
        }
        var key = listed.namespace() + "\n" + listed.name() + "\n" + listed.version();
        if (!found.containsKey(key) && found.size() == MAX_PACKAGES) {
            tooMany = true;
            return;
        }
        found.merge(key, bounded(listed), DeclaredPackages::merged);
    }

    private DeclaredPackage bounded(DeclaredPackage listed) {
        var needed = listed.dependencies().stream()
                .filter(name -> name.length() <= 2 * MAX_NAME)
                .distinct()
                .toList();
        if (needed.size() > MAX_DEPENDENCIES - dependencies) {
            tooManyDependencies = true;
            needed = List.of();
        }
        dependencies += needed.size();
        return listed.needing(needed)
                .licensed(listed.licenses().stream()
                        .filter(name -> !name.isBlank() && name.length() <= MAX_NAME)
                        .limit(100)
                        .toList())
                .digest(listed.digest().length() <= MAX_NAME ? listed.digest() : "");
    }

    private static DeclaredPackage merged(DeclaredPackage first, DeclaredPackage second) {
        var needed = new LinkedHashSet<>(first.dependencies());
        needed.addAll(second.dependencies());
        var scope = first.scope().compareTo(second.scope()) <= 0 ? first.scope() : second.scope();
        return first.needing(List.copyOf(needed))
                .licensed(first.licenses().isEmpty() ? second.licenses() : first.licenses())
                .in(scope)
                .digest(first.digest().isEmpty() ? second.digest() : first.digest());
    }

    /// Hands on what was gathered, in the order of the file, and says which limits were hit.
    public void finish() {
        if (tooMany) {
            facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
        }
        if (tooManyDependencies) {
            facts.unknown("", "over " + MAX_DEPENDENCIES + " dependencies; the rest was not read");
        }
        for (var listed : found.values()) {
            var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
            if (!listed.scope().word().isEmpty()) {
                properties.put(PackageProperty.SCOPE, listed.scope().word());
            }
            if (!listed.digest().isEmpty()) {
                properties.put(PackageProperty.DIGEST, listed.digest());
            }
            var found = PackageFound.ofLanguage(
                            type, listed.namespace(), listed.name(), listed.version(), listed.licenses(), "")
                    .withDependencies(listed.dependencies())
                    .withProperties(properties);
            facts.add(evidence == Evidence.DECLARED ? found.declared() : found);
        }
    }

    private static String fullName(DeclaredPackage listed) {
        return listed.namespace().isEmpty() ? listed.name() : listed.namespace() + "/" + listed.name();
    }
}
