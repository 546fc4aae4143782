package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.rule.Gate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The list of gates; adding one is a class, its test and a line here.
public final class Gates {

    private static final List<Gate> ALL = List.of(
            new AlwaysGate(),
            new AncestryGate(),
            new DistroGate(),
            new DockerfileGate(),
            new EndOfLifeGate(),
            new ExpressionGate(),
            new FilesGate(),
            new ImageConfigGate(),
            new ImageSourceDriftGate(),
            new KevGate(),
            new LayersGate(),
            new LicensesGate(),
            new MalwareGate(),
            new MetadataGate(),
            RegistryGate.npms(),
            new PackagesGate(),
            new PasswdFileGate(),
            new RetrievedFilesGate(),
            RegistryGate.rubyGems(),
            new SbomQualityGate(),
            new SecretScansGate(),
            new StigGate(),
            new TagDriftGate(),
            new UnknownsGate(),
            new VerificationGate(),
            new VulnerabilitiesGate());

    /// Gates that Anchore ended before Engine 1.1, and what took their place; empty where nothing did.
    private static final Map<String, String> ENDED = Map.ofEntries(
            Map.entry("anchoresec", "vulnerabilities"),
            Map.entry("pkgcheck", "packages"),
            Map.entry("pkgblacklist", "packages"),
            Map.entry("dockerfilecheck", "dockerfile"),
            Map.entry("filecheck", "files"),
            Map.entry("fileparse_passwd", "passwd_file"),
            Map.entry("gemcheck", "ruby_gems"),
            Map.entry("metadatacheck", "metadata"),
            Map.entry("licblacklist", "licenses"),
            Map.entry("npmcheck", "npms"),
            Map.entry("secretcheck", "secret_scans"),
            Map.entry("suiddiff", ""),
            Map.entry("imagecheck", ""),
            Map.entry("pkgdiff", ""));

    private Gates() {}

    /// What a name means.
    public sealed interface Lookup {}

    public record Found(Gate gate) implements Lookup {}

    /// @param successor empty where there is none
    public record Ended(String successor) implements Lookup {}

    public record Unknown() implements Lookup {}

    /// Sorted by name.
    public static List<Gate> all() {
        return ALL;
    }

    /// Looks a gate up, in any case.
    public static Lookup find(String name) {
        var wanted = name.toLowerCase(Locale.ROOT);
        for (var gate : ALL) {
            if (gate.name().equals(wanted)) {
                return new Found(gate);
            }
        }
        var successor = ENDED.get(wanted);
        return successor == null ? new Unknown() : new Ended(successor);
    }
}
