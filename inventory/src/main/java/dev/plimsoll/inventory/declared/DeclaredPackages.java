package dev.plimsoll.inventory.declared;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Gathers what one lock file lists, and hands it on once for each package and version; or what one list of installed
/// packages does. What one package may have and how many there may be, {@link ListedPackages} says. Not safe for
/// several threads.
public final class DeclaredPackages {

    /// In dependencies of all packages of one file together.
    public static final int MAX_DEPENDENCIES = 1_000_000;

    private final PackageType type;
    private final FactSink facts;
    private final Evidence evidence;
    private final Map<String, DeclaredPackage> found = new LinkedHashMap<>();
    private int dependencies;
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
        if (listed.version().isBlank()) {
            facts.unknown("", "'" + ListedPackages.shown(fullName(listed)) + "' without a version");
            return;
        }
        var key = listed.namespace() + "\n" + listed.name() + "\n" + listed.version();
        if (!found.containsKey(key) && found.size() > ListedPackages.MAX_PACKAGES) {
            return; // one more than what is handed on, which says that there are more
        }
        found.merge(key, bounded(listed), DeclaredPackages::merged);
    }

    private DeclaredPackage bounded(DeclaredPackage listed) {
        var needed = ListedPackages.dependencies(listed.dependencies());
        if (needed.size() > MAX_DEPENDENCIES - dependencies) {
            tooManyDependencies = true;
            needed = List.of();
        }
        dependencies += needed.size();
        return listed.needing(needed).licensed(ListedPackages.licenses(listed.licenses()));
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
        if (tooManyDependencies) {
            facts.unknown("", "over " + MAX_DEPENDENCIES + " dependencies; the rest was not read");
        }
        var handed = new ListedPackages(facts);
        for (var listed : found.values()) {
            var properties = ListedPackages.properties(
                    Map.of(PackageProperty.SCOPE, listed.scope().word(), PackageProperty.DIGEST, listed.digest()));
            var found = PackageFound.ofLanguage(
                            type, listed.namespace(), listed.name(), listed.version(), listed.licenses(), "")
                    .withDependencies(listed.dependencies())
                    .withProperties(properties);
            handed.add(evidence == Evidence.DECLARED ? found.declared() : found);
        }
    }

    private static String fullName(DeclaredPackage listed) {
        return listed.namespace().isEmpty() ? listed.name() : listed.namespace() + "/" + listed.name();
    }
}
