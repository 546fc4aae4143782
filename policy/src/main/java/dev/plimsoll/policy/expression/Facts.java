package dev.plimsoll.policy.expression;

import static dev.plimsoll.policy.expression.Fact.known;

import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.matching.Finding;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The facts that conditions can ask, declared once for the evaluation and for the reference. None
/// changes with time. Those of packages begin with `pkg`, as package URLs do: `package` is a
/// reserved word of the language.
final class Facts {

    private static final String NO_CONFIGURATION =
            "the image's configuration is not known: what told of the image does not hold it";
    private static final String NO_BASE = "the base image's layers are not known: name the image with --ancestors";
    private static final String NO_CATALOGUE =
            "the advisory data has no catalogue of known exploited vulnerabilities (feed kev)";
    private static final String NO_PROBABILITIES = "the advisory data has no EPSS scores (feed epss)";
    /// What stands for a score that nobody gives, as in the gate `vulnerabilities`.
    private static final double NO_SCORE = -1;

    static final List<Fact> OF_IMAGES = List.of(
            known(
                    "image.registry",
                    Fact.Type.TEXT,
                    "The registry of its name; `*` where it has none.",
                    element -> element.subject().name().registry()),
            known(
                    "image.repository",
                    Fact.Type.TEXT,
                    "The repository of its name, without the registry.",
                    element -> element.subject().name().repository()),
            known(
                    "image.tag",
                    Fact.Type.TEXT,
                    "The tag of its name, may be empty.",
                    element -> element.subject().name().tag()),
            known("image.layers", Fact.Type.NUMBER, "How many layers it has.", element ->
                    (long) element.subject().inventory().image().layers().size()),
            known(
                    "image.distribution",
                    Fact.Type.TEXT,
                    "Id of its distribution, `debian`; empty where it names none.",
                    element -> element.subject()
                            .inventory()
                            .distribution()
                            .map(found -> found.id())
                            .orElse("")),
            known(
                    "image.distribution_version",
                    Fact.Type.TEXT,
                    "Version of its distribution, `12`; may be empty.",
                    element -> element.subject()
                            .inventory()
                            .distribution()
                            .map(found -> found.versionId())
                            .orElse("")),
            known(
                    "image.packages",
                    Fact.Type.TEXTS,
                    "Names of its packages, each once, sorted.",
                    element -> element.subject().inventory().packages().stream()
                            .map(ImagePackage::name)
                            .distinct()
                            .sorted()
                            .toList()),
            configured("image.os", Fact.Type.TEXT, "`linux`.", ImageConfiguration::os),
            configured("image.architecture", Fact.Type.TEXT, "`amd64`.", ImageConfiguration::architecture),
            configured("image.user", Fact.Type.TEXT, "As `USER` sets it; empty is root.", ImageConfiguration::user),
            configured("image.entrypoint", Fact.Type.TEXTS, "Its words.", ImageConfiguration::entrypoint),
            configured("image.command", Fact.Type.TEXTS, "Its words.", ImageConfiguration::command),
            configured(
                    "image.working_directory",
                    Fact.Type.TEXT,
                    "As `WORKDIR` sets it.",
                    ImageConfiguration::workingDirectory),
            configured("image.exposed_ports", Fact.Type.TEXTS, "`8080/tcp`, sorted.", ImageConfiguration::exposedPorts),
            configured("image.volumes", Fact.Type.TEXTS, "Paths, sorted.", ImageConfiguration::volumes),
            configured("image.labels", Fact.Type.PAIRS, "Values by name.", ImageConfiguration::labels),
            configured("image.environment", Fact.Type.PAIRS, "Values by name.", Facts::environment),
            configured(
                    "image.has_healthcheck",
                    Fact.Type.YES_NO,
                    "Whether the configuration has a health check, be it one that switches it off.",
                    configuration -> configuration.healthcheck().isPresent()));

    static final List<Fact> OF_PACKAGES = List.of(
            ofPackage("pkg.name", Fact.Type.TEXT, "`libssl3`, `@babel/core`, `group:artifact`.", ImagePackage::name),
            ofPackage("pkg.version", Fact.Type.TEXT, "As the package database writes it.", ImagePackage::version),
            ofPackage(
                    "pkg.type",
                    Fact.Type.TEXT,
                    "Of its package URL: `deb`, `npm`.",
                    item -> item.type().purlType()),
            ofPackage(
                    "pkg.url",
                    Fact.Type.TEXT,
                    "Its package URL.",
                    item -> item.purl().toString()),
            ofPackage(
                    "pkg.of_distribution",
                    Fact.Type.YES_NO,
                    "Whether the distribution's tools installed it.",
                    item -> item.type().ofDistribution()),
            ofPackage("pkg.architecture", Fact.Type.TEXT, "May be empty.", ImagePackage::architecture),
            ofPackage(
                    "pkg.source",
                    Fact.Type.TEXT,
                    "Name of the source package; its own where it is the same.",
                    item -> item.source().map(source -> source.name()).orElse(item.name())),
            ofPackage("pkg.licenses", Fact.Type.TEXTS, "As the package says, sorted.", ImagePackage::licenses),
            ofPackage(
                    "pkg.paths",
                    Fact.Type.TEXTS,
                    "Where it lies, beginning with `/`, sorted.",
                    item -> item.locations().stream()
                            .map(Location::path)
                            .map(path -> "/" + path)
                            .distinct()
                            .toList()),
            ofPackage(
                    "pkg.supplier",
                    Fact.Type.TEXT,
                    "Who supplies it; empty where nothing tells.",
                    item -> item.supplier().orElse("")),
            new Fact(
                    "pkg.from_base",
                    Fact.Type.YES_NO,
                    "Whether it comes with the base image.",
                    NO_BASE,
                    element -> element.subject()
                            .inventory()
                            .origin(element.item().orElseThrow())
                            .map(origin -> origin == BaseImage.Origin.BASE)));

    static final List<Fact> OF_FINDINGS = List.of(
            ofFinding("finding.id", Fact.Type.TEXT, "The CVE where there is one.", Finding::id),
            ofFinding("finding.ids", Fact.Type.TEXTS, "With all aliases, sorted.", Finding::ids),
            ofFinding(
                    "finding.severity",
                    Fact.Type.TEXT,
                    "`unknown`, `negligible`, `low`, `medium`, `high` or `critical`.",
                    finding -> finding.severity().word()),
            ofFinding(
                    "finding.severity_rank",
                    Fact.Type.NUMBER,
                    "The same as a number, from 0 for unknown to 5 for critical.",
                    finding -> rank(finding.severity())),
            ofFinding(
                    "finding.cvss",
                    Fact.Type.DECIMAL,
                    "The highest base score of CVSS 3 that anyone gives; -1 where nobody does.",
                    Facts::cvss),
            ofFinding(
                    "finding.has_fix",
                    Fact.Type.YES_NO,
                    "Whether a version with a fix is known.",
                    finding -> !finding.fixedIn().isEmpty()),
            ofFinding("finding.fixed_in", Fact.Type.TEXTS, "Versions that carry the fix.", Finding::fixedIn),
            ofFinding(
                    "finding.fix_state",
                    Fact.Type.TEXT,
                    "`fixed`, `not-fixed`, `wont-fix` and the like.",
                    finding -> finding.fixState().word()),
            ofFinding("finding.summary", Fact.Type.TEXT, "One line, may be empty.", Finding::summary),
            new Fact(
                    "finding.known_exploited",
                    Fact.Type.YES_NO,
                    "Whether it is in CISA's catalogue of known exploited vulnerabilities.",
                    NO_CATALOGUE,
                    element ->
                            element.subject().matches().exploitationCoverage().knownExploited()
                                    ? Optional.of(element.finding()
                                            .orElseThrow()
                                            .exploitation()
                                            .known()
                                            .isPresent())
                                    : Optional.empty()),
            probability("finding.epss", "Its EPSS score, from 0 to 1", Exploitation.Probability::score),
            probability(
                    "finding.epss_percentile",
                    "Its EPSS percentile, from 0 to 1",
                    Exploitation.Probability::percentile));

    static final List<Fact> OF_SECRETS = List.of(
            ofSecret("secret.rule", Fact.Type.TEXT, "Name of the rule that found it.", Secret::rule),
            ofSecret(
                    "secret.path",
                    Fact.Type.TEXT,
                    "Beginning with `/`; `config:env` and the like for the configuration.",
                    secret -> secret.path().startsWith("config:") ? secret.path() : "/" + secret.path()),
            ofSecret("secret.line", Fact.Type.NUMBER, "From 1; 0 where the place has none.", secret ->
                    (long) secret.line()),
            ofSecret(
                    "secret.deleted",
                    Fact.Type.YES_NO,
                    "Whether a higher layer deletes or replaces the file.",
                    Secret::deleted));

    private Facts() {}

    private static Fact configured(
            String name, Fact.Type type, String meaning, Function<ImageConfiguration, Object> value) {
        return new Fact(
                name,
                type,
                meaning,
                NO_CONFIGURATION,
                element -> element.subject().inventory().image().configuration().map(value));
    }

    private static Fact ofPackage(String name, Fact.Type type, String meaning, Function<ImagePackage, Object> value) {
        return known(name, type, meaning, element -> value.apply(element.item().orElseThrow()));
    }

    private static Fact ofFinding(String name, Fact.Type type, String meaning, Function<Finding, Object> value) {
        return known(
                name, type, meaning, element -> value.apply(element.finding().orElseThrow()));
    }

    private static Fact ofSecret(String name, Fact.Type type, String meaning, Function<Secret, Object> value) {
        return known(
                name, type, meaning, element -> value.apply(element.secret().orElseThrow()));
    }

    private static Fact probability(String name, String meaning, Function<Exploitation.Probability, BigDecimal> value) {
        return new Fact(
                name,
                Fact.Type.DECIMAL,
                meaning + "; -1 where it has none.",
                NO_PROBABILITIES,
                element -> element.subject().matches().exploitationCoverage().probabilities()
                        ? Optional.of(element.finding()
                                .orElseThrow()
                                .exploitation()
                                .probability()
                                .map(value)
                                .map(BigDecimal::doubleValue)
                                .orElse(NO_SCORE))
                        : Optional.empty());
    }

    private static long rank(Severity severity) {
        return switch (severity) {
            case UNKNOWN -> 0L;
            case NEGLIGIBLE -> 1L;
            case LOW -> 2L;
            case MEDIUM -> 3L;
            case HIGH -> 4L;
            case CRITICAL -> 5L;
        };
    }

    private static double cvss(Finding finding) {
        double highest = NO_SCORE;
        for (var score : finding.cvss()) {
            if (score.version().startsWith("3.")) {
                highest = Math.max(highest, score.base().doubleValue());
            }
        }
        return highest;
    }

    /// Of a name that is there twice the last counts, as in a process.
    private static Map<String, String> environment(ImageConfiguration configuration) {
        var values = new TreeMap<String, String>();
        for (var entry : configuration.environment()) {
            int equals = entry.indexOf('=');
            values.put(equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
        }
        return values;
    }
}
