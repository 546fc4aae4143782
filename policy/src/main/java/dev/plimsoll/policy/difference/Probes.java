package dev.plimsoll.policy.difference;

import dev.plimsoll.policy.bundle.BundleSource.SourceRule;
import dev.plimsoll.policy.testing.KnownFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The images that a pair of rules is asked about. What a gate of another kind asks is not among them: its rules are
/// only asked about an image that holds nothing.
final class Probes {

    /// That one pair of rules is asked about.
    static final int MAX_PROBES = 4_000;

    private Probes() {}

    /// @param rules of one gate
    static List<Probe> of(List<SourceRule> rules, Instant at) {
        var words = new Vocabulary(rules);
        var probes = new ArrayList<Probe>();
        probes.addAll(
                switch (rules.getFirst().rule().gate().name()) {
                    case "vulnerabilities", "kev" -> VulnerabilityProbes.of(words, at);
                    case "dockerfile", "image_config" -> ConfigurationProbes.of(words, at);
                    case "files", "retrieved_files", "verification" -> ContentProbes.files(words);
                    case "secret_scans" -> ContentProbes.secrets(words);
                    case "malware" -> ContentProbes.malware(words, at);
                    case "packages", "licenses", "npms", "ruby_gems", "sbom_quality" -> ContentProbes.packages(words);
                    case "passwd_file" -> ContentProbes.accounts(words);
                    case "distro", "eol" -> ContentProbes.distributions(words, at);
                    case "layers" -> ContentProbes.layers(words);
                    default -> List.of();
                });
        probes.add(new Probe("an image that holds nothing", Probe.object()));
        Arrays.stream(KnownFact.values())
                .forEach(fact -> probes.add(new Probe(
                        "an image of which is not known: " + fact.word().replace('_', ' '),
                        Probe.object("unknown", List.of(fact.word())))));
        return probes.stream().limit(MAX_PROBES).toList();
    }
}
