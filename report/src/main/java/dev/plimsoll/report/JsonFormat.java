package dev.plimsoll.report;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.path.PathToPass;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/// The result for machines. The schema lies beside this class; its version is raised with every change of meaning.
public final class JsonFormat implements ReportFormat {

    static final String SCHEMA = "https://plimsoll.dev/schema/result-1.schema.json";
    static final String VERSION = "1.3";

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String description() {
        return "the whole result for machines (schema result-1)";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        try (var json = JsonWriter.indented(out)) {
            json.object(() -> {
                json.member("schema", SCHEMA);
                json.member("version", VERSION);
                json.object("tool", () -> json.member("name", "plimsoll").member("version", result.toolVersion()));
                json.member("evaluatedAt", result.at().toString());
                image(json, result);
                result.verdict()
                        .ifPresent(verdict -> VerdictJson.write(
                                json, verdict, result.path().orElseGet(PathToPass::none), result.history()));
                result.matches().ifPresent(matches -> matches(json, result, matches));
                json.array(
                        "packages",
                        () -> result.inventory()
                                .packages()
                                .forEach(item -> json.object(() -> {
                                    if (result.matches().isEmpty()) {
                                        item(json, result.inventory(), item);
                                    } else {
                                        named(json, item);
                                    }
                                })));
                json.array(
                        "unknowns",
                        () -> result.inventory()
                                .unknowns()
                                .forEach(unknown -> json.object(() -> {
                                    json.member("path", unknown.path().isEmpty() ? "" : "/" + unknown.path());
                                    unknown.layer().ifPresent(layer -> json.member("layer", layer));
                                    json.member("place", unknown.place()).member("reason", unknown.reason());
                                })));
            });
        }
    }

    private static void image(JsonWriter json, Result result) {
        var inventory = result.inventory();
        var image = inventory.image();
        json.object("image", () -> {
            json.member("name", result.imageName());
            json.member("transport", image.transport());
            json.strings("names", image.names());
            json.strings("repoDigests", image.repoDigests());
            json.member("id", image.id().map(Object::toString));
            json.member("manifestDigest", image.manifestDigest().map(Object::toString));
            json.member("platform", image.platform().map(Object::toString));
            json.member("created", image.configuration().map(ImageConfiguration::created));
            json.member("verified", image.verified());
            inventory.document().ifPresent(found -> json.object("document", () -> document(json, found)));
            inventory
                    .distribution()
                    .ifPresent(found -> json.object(
                            "distribution",
                            () -> json.member("id", found.id())
                                    .member("versionId", found.versionId())
                                    .member("prettyName", found.prettyName())
                                    .member("release", found.release().toString())));
            json.member("packages", inventory.packages().size());
            image.unpackedSize().ifPresent(size -> json.member("unpackedSize", size));
            if (image.layersKnown()) {
                json.array("layers", () -> image.layers().forEach(layer -> json.object(() -> layer(json, layer))));
            }
            image.base().ifPresent(base -> json.object("base", () -> base(json, base)));
        });
    }

    private static void base(JsonWriter json, BaseImage base) {
        if (!base.name().isEmpty()) {
            json.member("name", base.name());
        }
        json.member("digest", base.digest().map(Object::toString));
        base.layers().ifPresent(layers -> json.member("layers", layers));
        json.member("how", base.how().word());
    }

    private static void document(JsonWriter json, SourceDocument document) {
        json.member("format", document.format())
                .member("digest", document.digest().toString())
                .strings("tools", document.tools())
                .strings(
                        "unsaid",
                        document.unsaid().stream()
                                .map(SourceDocument.PackageFact::word)
                                .toList())
                .member("unidentified", document.unidentified());
    }

    private static void layer(JsonWriter json, ImageFacts.LayerFacts layer) {
        json.member("digest", layer.digest().map(Object::toString));
        json.member("diffId", layer.diffId().map(Object::toString));
        layer.size().ifPresent(size -> json.member("size", size));
        layer.unpackedSize().ifPresent(size -> json.member("unpackedSize", size));
        json.member("createdBy", layer.createdBy());
    }

    private static void matches(JsonWriter json, Result result, MatchResult matches) {
        var inventory = result.inventory();
        var at = result.at();
        json.object("data", () -> {
            json.member("builtAt", matches.builtAt().map(Instant::toString));
            json.strings("digests", matches.dataDigests());
            json.member("release", matches.release().map(Object::toString));
            matches.lifecycle()
                    .ifPresent(cycle -> json.object(
                            "lifecycle",
                            () -> json.member("product", cycle.product())
                                    .member("cycle", cycle.cycle())
                                    .member("endOfLife", cycle.endOfLife().map(Object::toString))
                                    .member("ended", cycle.hasEndedBy(LocalDate.ofInstant(at, ZoneOffset.UTC)))));
            json.array("coverage", () -> matches.coverage().forEach(coverage -> coverage(json, coverage)));
            json.strings("problems", matches.problems());
        });
        json.array(
                "findings",
                () -> matches.findings()
                        .forEach(finding -> json.object(() -> {
                            finding(json, inventory, finding);
                            var seen = result.history().seen(finding);
                            json.member("firstSeen", seen.first().toString());
                            json.member("fixSeen", seen.fix().map(Instant::toString));
                        })));
        json.array(
                "remembered",
                () -> result.history()
                        .remembered(matches.findings())
                        .forEach(known -> json.object(() -> json.member("id", known.id())
                                .strings("ids", known.ids())
                                .member("type", known.item().type())
                                .member("name", known.item().name())
                                .member("firstSeen", known.firstSeen().toString())
                                .member("fixSeen", known.fixSeen().map(Instant::toString))
                                .member("lastSeen", known.lastSeen().toString()))));
        json.array(
                "suppressed",
                () -> matches.suppressed()
                        .forEach(suppressed -> json.object(() -> {
                            json.member("suppressedBecause", suppressed.reason());
                            finding(json, inventory, suppressed.finding());
                        })));
    }

    private static void coverage(JsonWriter json, EcosystemCoverage coverage) {
        json.object(() -> json.member("name", coverage.name())
                .member(
                        "state",
                        coverage.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .member("packages", coverage.packages())
                .member("records", coverage.records()));
    }

    private static void finding(JsonWriter json, Inventory inventory, Finding finding) {
        json.member("id", finding.id());
        json.strings("ids", finding.ids());
        json.member("severity", finding.severity().word());
        json.member("severitySource", finding.severitySource());
        json.member("fixState", finding.fixState().word());
        json.strings("fixedIn", finding.fixedIn());
        json.member("published", finding.published().map(Instant::toString));
        json.member("summary", finding.summary());
        json.member("link", finding.link());
        json.array("cvss", () -> finding.cvss().forEach(score -> cvss(json, score)));
        finding.exploitation()
                .known()
                .ifPresent(known -> json.object(
                        "knownExploited",
                        () -> json.member("added", known.added().toString())
                                .member("due", known.due().map(Object::toString))
                                .member("ransomware", known.ransomware())));
        finding.exploitation()
                .probability()
                .ifPresent(epss -> json.object(
                        "epss",
                        () -> json.member("score", epss.score())
                                .member("percentile", epss.percentile())
                                .member("day", epss.day().map(Object::toString))));
        json.object("package", () -> item(json, inventory, finding.item()));
        json.array(
                "reasons",
                () -> finding.reasons()
                        .forEach(reason -> json.object(() -> json.member(
                                        "ecosystem", reason.ecosystem().toString())
                                .member("searchedName", reason.searchedName())
                                .member("searchedVersion", reason.searchedVersion())
                                .member("indirect", reason.indirect())
                                .member("range", reason.range())
                                .member("record", reason.record())
                                .member("feed", reason.feed()))));
    }

    private static void cvss(JsonWriter json, CvssScore score) {
        json.object(() -> {
            json.member("source", score.source())
                    .member("version", score.version())
                    .member("vector", score.vector())
                    .member("base", score.base());
            score.exploitability().ifPresent(value -> json.member("exploitability", value));
            score.impact().ifPresent(value -> json.member("impact", value));
        });
    }

    /// What tells a package from another one.
    private static void named(JsonWriter json, ImagePackage item) {
        json.member("purl", item.purl().toString())
                .member("type", item.type().purlType())
                .member("name", item.name())
                .member("version", item.version());
    }

    private static void item(JsonWriter json, Inventory inventory, ImagePackage item) {
        named(json, item);
        item.layer().ifPresent(layer -> json.member("layer", layer));
        json.member("origin", inventory.origin(item).map(BaseImage.Origin::word));
        item.source()
                .ifPresent(source -> json.object(
                        "source", () -> json.member("name", source.name()).member("version", source.version())));
        json.array(
                "locations",
                () -> item.locations()
                        .forEach(location -> json.object(() -> {
                            json.member("path", "/" + location.path());
                            location.layer().ifPresent(layer -> json.member("layer", layer));
                        })));
        json.strings("licenses", item.licenses());
        json.member("ownedBy", ownedBy(item));
    }

    private static Optional<String> ownedBy(ImagePackage item) {
        return item.ownedBy().map(Object::toString);
    }
}
