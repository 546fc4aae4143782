package dev.plimsoll.inventory.declared;

import java.util.List;

/// A package as a lock file lists it. Immutable; made by {@link #of} and the methods that add to it.
///
/// @param namespace of the package URL, empty where there is none
/// @param dependencies as `Fact.PackageFound` has them: a name, or `name@version`
/// @param scope for whom it is listed
/// @param digest of what is installed, as `algorithm:hexadecimal`; empty where the file has none
public record DeclaredPackage(
        String namespace,
        String name,
        String version,
        List<String> dependencies,
        List<String> licenses,
        Scope scope,
        String digest) {

    /// For whom a package is listed; of two entries the earlier counts.
    public enum Scope {
        RUNTIME(""),
        OPTIONAL("optional"),
        DEVELOPMENT("development");

        private final String word;

        Scope(String word) {
            this.word = word;
        }

        /// As the property says it, empty for what is needed to run.
        public String word() {
            return word;
        }
    }

    public static DeclaredPackage of(String namespace, String name, String version) {
        return new DeclaredPackage(namespace, name, version, List.of(), List.of(), Scope.RUNTIME, "");
    }

    /// The same, which needs these.
    public DeclaredPackage needing(List<String> names) {
        return new DeclaredPackage(namespace, name, version, List.copyOf(names), licenses, scope, digest);
    }

    public DeclaredPackage licensed(List<String> names) {
        return new DeclaredPackage(namespace, name, version, dependencies, List.copyOf(names), scope, digest);
    }

    public DeclaredPackage in(Scope listed) {
        return new DeclaredPackage(namespace, name, version, dependencies, licenses, listed, digest);
    }

    /// @param value `algorithm:hexadecimal`, or empty
    public DeclaredPackage digest(String value) {
        return new DeclaredPackage(namespace, name, version, dependencies, licenses, scope, value);
    }
}
