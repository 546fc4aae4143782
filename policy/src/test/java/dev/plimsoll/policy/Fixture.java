package dev.plimsoll.policy;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.FixDate;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.matching.ProductLifecycle;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.Waivers;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// An image with findings, put together piece by piece, and judged by a rule or a bundle.
public final class Fixture {

    public static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    public static final String IMAGE_ID = "a".repeat(64);
    public static final String MANIFEST = "sha256:" + "b".repeat(64);

    private final List<FileEntry> files = new ArrayList<>();
    private final List<ImagePackage> packages = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Unknown> unknowns = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<EcosystemCoverage> coverage = new ArrayList<>();
    private final List<ImageConfiguration.HistoryEntry> history = new ArrayList<>();
    private final List<String> ports = new ArrayList<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final List<String> environment = new ArrayList<>();
    private final List<Long> layerSizes = new ArrayList<>();
    private Optional<Distribution> distribution =
            Optional.of(new Distribution("debian", "12", "bookworm", List.of(), "Debian 12"));
    private Optional<String> dockerfile = Optional.empty();
    private Optional<List<String>> healthcheck = Optional.empty();
    private Optional<Instant> builtAt = Optional.of(NOW);
    private String user = "";
    private String created = "";
    private Optional<Connection> connection = Optional.empty();
    private boolean filesCollected = true;
    private boolean known = true;
    private Optional<SourceDocument> document = Optional.empty();
    private ImageName name = ImageName.parse("registry.example/shop/web:1.4");
    private EvaluationOptions options = EvaluationOptions.DEFAULT;
    private Instant at = NOW;
    private boolean allowBacktracking;
    private Background background = Background.none();
    private Contents contents = Contents.notCollected();
    private ExploitationCoverage exploitationCoverage = ExploitationCoverage.ALL;
    private Optional<BaseImage> base = Optional.empty();
    private final List<Digest> diffIds = new ArrayList<>();
    private final List<ProductLifecycle> products = new ArrayList<>();
    private Optional<Lifecycle> lifecycle = Optional.empty();
    private Waivers waivers = Waivers.NONE;

    private Fixture() {}

    public static Fixture image() {
        return new Fixture();
    }

    public Fixture named(String text) {
        name = ImageName.parse(text);
        return this;
    }

    public Fixture at(String instant) {
        at = Instant.parse(instant);
        return this;
    }

    public Fixture with(EvaluationOptions chosen) {
        options = chosen;
        return this;
    }

    public Fixture with(Background known) {
        background = known;
        return this;
    }

    public Fixture with(Contents collected) {
        contents = collected;
        return this;
    }

    /// The advisory data says nothing of exploitation.
    public Fixture withoutExploitationData() {
        exploitationCoverage = ExploitationCoverage.NONE;
        return this;
    }

    /// What the run before said.
    public Fixture after(FormerResult previous) {
        background =
                background.withPrevious(previous, new Background.InputFile("previous", "sha256:" + "f".repeat(64)));
        return this;
    }

    /// Its lowest layers are those of another image.
    public Fixture onBase(int layers) {
        base = Optional.of(new BaseImage(
                "docker.io/library/debian:12", Optional.empty(), OptionalInt.of(layers), BaseImage.How.ANCESTORS));
        return this;
    }

    /// A layer whose unpacked digest is 64 times a digit.
    public Fixture layerOf(char digit) {
        layerSizes.add(10L);
        diffIds.add(Digest.sha256(String.valueOf(digit).repeat(64)));
        return this;
    }

    public Fixture with(Collected collected) {
        return with(collected.contents());
    }

    public Fixture environment(String... entries) {
        environment.addAll(List.of(entries));
        return this;
    }

    public Fixture label(String labelName, String value) {
        labels.put(labelName, value);
        return this;
    }

    /// @param text as the configuration has it
    public Fixture created(String text) {
        created = text;
        return this;
    }

    public Fixture over(Connection how) {
        connection = Optional.of(how);
        return this;
    }

    public Fixture link(String path, String target) {
        files.add(new FileEntry(
                path, FileEntry.Kind.SYMBOLIC_LINK, 0777, 0, 0, target.length(), 0, target, Optional.empty()));
        return this;
    }

    /// @param yaml the items of the list
    public Fixture waiving(String yaml) {
        waivers = waivers(yaml);
        return this;
    }

    /// @param yaml the items of the list
    public static Waivers waivers(String yaml) {
        var reading = WaiverReader.read("waivers.yaml", ("waivers:\n" + yaml).getBytes(StandardCharsets.UTF_8));
        if (!reading.errors().isEmpty()) {
            throw new AssertionError(reading.problems().toString());
        }
        return Waivers.of(List.of(reading));
    }

    public Fixture allowingBacktracking() {
        allowBacktracking = true;
        return this;
    }

    public Fixture dockerfile(String text) {
        dockerfile = Optional.of(text);
        return this;
    }

    /// Of the image itself nothing is known: no id, no configuration, no platform.
    public Fixture ofWhichNothingIsKnown() {
        known = false;
        return this;
    }

    /// A document that leaves facts unsaid stands for the image.
    public Fixture toldByDocument(SourceDocument.PackageFact... unsaid) {
        return toldByDocumentWith(0, unsaid);
    }

    public Fixture toldByDocumentWith(int unidentified, SourceDocument.PackageFact... unsaid) {
        document = Optional.of(new SourceDocument(
                "SPDX 2.3 JSON", Digest.sha256("e".repeat(64)), List.of("some-tool 1"), Set.of(unsaid), unidentified));
        filesCollected = false;
        return ofWhichNothingIsKnown();
    }

    /// A document that says this of itself stands for the image.
    public Fixture toldByDocumentThatStates(SourceDocument.Statement... statements) {
        toldByDocument();
        document = document.map(found -> new SourceDocument(
                found.format(), found.digest(), List.of(), found.unsaid(), 0, Optional.of(Set.of(statements))));
        return this;
    }

    public Fixture user(String configured) {
        user = configured;
        return this;
    }

    public Fixture exposing(String... configured) {
        ports.addAll(List.of(configured));
        return this;
    }

    public Fixture healthcheck(String... test) {
        healthcheck = Optional.of(List.of(test));
        return this;
    }

    public Fixture history(String... createdBy) {
        for (var step : createdBy) {
            history.add(new ImageConfiguration.HistoryEntry("", step, "", false));
        }
        return this;
    }

    public Fixture layer(long unpackedSize) {
        layerSizes.add(unpackedSize);
        return this;
    }

    public Fixture distribution(String id, String version, String... like) {
        distribution = Optional.of(new Distribution(id, version, "", List.of(like), ""));
        return this;
    }

    public Fixture withoutDistribution() {
        distribution = Optional.empty();
        return this;
    }

    public Fixture withoutFiles() {
        filesCollected = false;
        return this;
    }

    public Fixture file(String path, int mode) {
        return file(path, FileEntry.Kind.FILE, mode, "");
    }

    public Fixture file(String path, FileEntry.Kind kind, int mode, String sha256) {
        files.add(new FileEntry(
                path, kind, mode, 0, 0, 1, 0, "", sha256.isEmpty() ? Optional.empty() : Optional.of(sha256)));
        return this;
    }

    public Fixture excluding(String glob) {
        excluded.add(glob);
        return this;
    }

    public Fixture unread(String path, String place, String reason) {
        unknowns.add(new Unknown(path, 0, place, reason));
        return this;
    }

    public Fixture builtAt(String instant) {
        builtAt = Optional.of(Instant.parse(instant));
        return this;
    }

    public Fixture withUnknownAge() {
        builtAt = Optional.empty();
        return this;
    }

    public Fixture covering(String ecosystem, PackageType type, EcosystemCoverage.State state) {
        coverage.add(
                new EcosystemCoverage(ecosystem, type, state, 3, state == EcosystemCoverage.State.COVERED ? 9 : 0));
        return this;
    }

    public Fixture installed(PackageType type, String packageName, String version, String... paths) {
        packages.add(item(type, packageName, version, paths));
        return this;
    }

    /// A package whose purl has its namespace apart from the name, as analyzers make them.
    public Fixture installedAs(PackageType type, String packageName, String version) {
        int end = Math.max(packageName.lastIndexOf('/'), packageName.lastIndexOf(':'));
        var plain = item(type, packageName, version);
        packages.add(new ImagePackage(
                PackageUrl.of(
                        type,
                        packageName.substring(0, Math.max(0, end)),
                        packageName.substring(end + 1),
                        version,
                        Map.of()),
                type,
                packageName,
                version,
                plain.source(),
                plain.architecture(),
                plain.modularity(),
                plain.evidence(),
                plain.analyzer(),
                plain.locations(),
                plain.layer(),
                plain.licenses(),
                plain.ownedFiles(),
                plain.ownedBy()));
        return this;
    }

    public Fixture installed(ImagePackage item) {
        packages.add(item);
        return this;
    }

    /// A package that says so of its licences.
    public Fixture licensed(PackageType type, String packageName, String version, String... licenses) {
        return installed(item(type, packageName, version, List.of(licenses), List.of(), Map.of()));
    }

    /// The life cycle of the distribution's release.
    public Fixture living(Lifecycle found) {
        lifecycle = Optional.of(found);
        return this;
    }

    /// A package that is a product, with what is known of its release.
    public Fixture product(ProductLifecycle found) {
        packages.add(found.item());
        products.add(found);
        return this;
    }

    public Fixture hit(FindingBuilder finding) {
        findings.add(finding.build());
        return this;
    }

    public Inventory inventory() {
        var configuration = new ImageConfiguration(
                "linux",
                "amd64",
                "",
                created,
                "",
                user,
                ports,
                environment,
                List.of(),
                List.of(),
                "",
                List.of(),
                labels,
                "",
                List.of(),
                List.of(),
                healthcheck,
                history,
                List.of());
        var layers = new ArrayList<ImageFacts.LayerFacts>();
        for (var size : layerSizes) {
            var diffId =
                    layers.size() < diffIds.size() ? Optional.of(diffIds.get(layers.size())) : Optional.<Digest>empty();
            layers.add(new ImageFacts.LayerFacts(
                    Digest.sha256("c".repeat(64)), diffId, "application/tar", size, size, ""));
        }
        var facts = new ImageFacts(
                        document.isPresent() ? "sbom" : "docker-archive",
                        List.of(),
                        List.of(),
                        known ? Optional.of(Digest.sha256(IMAGE_ID)) : Optional.empty(),
                        known ? Digest.parse(MANIFEST) : Optional.empty(),
                        known ? Optional.of(new Platform("linux", "amd64", "")) : Optional.empty(),
                        known ? Optional.of(configuration) : Optional.empty(),
                        known,
                        layers,
                        base)
                .over(connection);
        return new Inventory(
                facts,
                distribution,
                packages,
                filesCollected ? Optional.of(FileTable.of(files)) : Optional.empty(),
                List.of(),
                excluded,
                dockerfile,
                unknowns,
                List.of(),
                document,
                Optional.empty(),
                contents);
    }

    public Evidence evidence() {
        var matches = new MatchResult(
                distribution.map(Distribution::release),
                findings,
                List.of(),
                coverage,
                lifecycle,
                List.of(),
                builtAt,
                List.of("sha256:" + "d".repeat(64)),
                false,
                exploitationCoverage,
                products);
        return new Evidence(inventory(), matches, name, at, background);
    }

    /// Judges by a bundle.
    public Verdict judge(BundleText text) {
        return judge(text.bundle(allowBacktracking));
    }

    public Verdict judge(Bundle bundle) {
        return PolicyEvaluator.evaluate(bundle, waivers, evidence(), options);
    }

    /// Judges by several bundles.
    public Verdict judge(List<Bundle> bundles) {
        return PolicyEvaluator.evaluate(bundles, Waivers.NONE, evidence(), options);
    }

    /// Judges by one STOP rule; parameters as `name=value`.
    public Verdict judge(String gate, String trigger, String... parameters) {
        return judge(BundleText.of().rule("STOP", gate, trigger, parameters));
    }

    public static ImagePackage item(
            PackageType type,
            String packageName,
            String version,
            List<String> licenses,
            List<PackageUrl> dependencies,
            Map<PackageProperty, String> properties) {
        var plain = item(type, packageName, version);
        return new ImagePackage(
                plain.purl(),
                type,
                packageName,
                version,
                plain.source(),
                plain.architecture(),
                plain.modularity(),
                plain.evidence(),
                plain.analyzer(),
                plain.locations(),
                plain.layer(),
                licenses,
                plain.ownedFiles(),
                plain.ownedBy(),
                List.of(),
                dependencies,
                properties);
    }

    public static ImagePackage item(PackageType type, String packageName, String version, String... paths) {
        var locations = List.of(paths).stream()
                .map(path -> new ImagePackage.Location(path, 0))
                .toList();
        return new ImagePackage(
                PackageUrl.of(type, "", packageName, version, Map.of()),
                type,
                packageName,
                version,
                Optional.empty(),
                "",
                "",
                ImagePackage.Evidence.INSTALLED,
                "test/1",
                locations,
                OptionalInt.of(0),
                List.of(),
                List.of(),
                Optional.empty());
    }

    public static FindingBuilder finding(String id, Severity severity) {
        return new FindingBuilder(id, severity);
    }

    public static Bundle read(String json) {
        var reading = BundleReader.read("test.json", json.getBytes(StandardCharsets.UTF_8));
        return reading.bundle()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    /// A finding put together piece by piece; in curl 7.88.1-10 of Debian unless said otherwise.
    public static final class FindingBuilder {

        private final String id;
        private final Severity severity;
        private List<String> ids;
        private ImagePackage item = item(PackageType.DEB, "curl", "7.88.1-10", "var/lib/dpkg/status");
        private final List<CvssScore> scores = new ArrayList<>();
        private List<String> fixedIn = List.of();
        private FixState fixState = FixState.NOT_FIXED;
        private Optional<Exploitation.Known> known = Optional.empty();
        private Optional<Instant> published = Optional.empty();
        private Optional<FixDate> fixDate = Optional.empty();
        private Optional<Exploitation.Probability> probability = Optional.empty();

        private FindingBuilder(String id, Severity severity) {
            this.id = id;
            this.severity = severity;
            this.ids = List.of(id);
        }

        public FindingBuilder alias(String alias) {
            ids = List.of(id, alias);
            return this;
        }

        public FindingBuilder in(PackageType type, String name, String version, String... paths) {
            item = item(type, name, version, paths);
            return this;
        }

        public FindingBuilder fixedIn(String... versions) {
            fixedIn = List.of(versions);
            fixState = FixState.FIXED;
            return this;
        }

        public FindingBuilder notToBeFixed() {
            fixState = FixState.WONT_FIX;
            return this;
        }

        public FindingBuilder scored(String source, String base, String exploitability, String impact) {
            scores.add(new CvssScore(
                    source,
                    "3.1",
                    "",
                    new BigDecimal(base),
                    Optional.of(new BigDecimal(exploitability)),
                    Optional.of(new BigDecimal(impact))));
            return this;
        }

        public FindingBuilder exploited() {
            known = Optional.of(new Exploitation.Known(LocalDate.of(2026, 1, 2), Optional.empty(), false));
            return this;
        }

        /// In CISA's catalogue since a day, due by another; an empty text for none.
        public FindingBuilder exploited(String added, String due, boolean ransomware) {
            known = Optional.of(new Exploitation.Known(
                    LocalDate.parse(added),
                    due.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(due)),
                    ransomware));
            return this;
        }

        public FindingBuilder fixDated(String at, boolean exact) {
            fixDate = Optional.of(new FixDate(Instant.parse(at), exact));
            return this;
        }

        public FindingBuilder of(ImagePackage found) {
            item = found;
            return this;
        }

        public FindingBuilder probable(String score, String percentile) {
            probability = Optional.of(
                    new Exploitation.Probability(new BigDecimal(score), new BigDecimal(percentile), Optional.empty()));
            return this;
        }

        public FindingBuilder published(String instant) {
            published = Optional.of(Instant.parse(instant));
            return this;
        }

        /// In CISA's catalogue since 2026-01-02.
        public FindingBuilder exploitedAndDue(String day) {
            known = Optional.of(
                    new Exploitation.Known(LocalDate.of(2026, 1, 2), Optional.of(LocalDate.parse(day)), false));
            return this;
        }

        public Finding build() {
            return new Finding(
                    id,
                    ids,
                    item,
                    severity,
                    "",
                    scores,
                    new Exploitation(known, probability),
                    fixState,
                    fixedIn,
                    List.of(),
                    published,
                    "",
                    "https://example.org/" + id,
                    fixDate);
        }
    }
}
