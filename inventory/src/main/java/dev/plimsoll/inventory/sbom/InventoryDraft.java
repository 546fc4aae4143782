package dev.plimsoll.inventory.sbom;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// An inventory while a document is read. Readers of formats hand over what the document says; this makes packages,
/// the distribution and the list of what nobody can know of it. Not safe for several threads.
final class InventoryDraft {

    /// In bytes, about: what a package takes beside its texts, and what a text takes beside its characters.
    private static final int PACKAGE = 900;

    private static final int TEXT = 56;

    /// Unknowns that are listed one by one; further ones are counted.
    private static final int MAX_UNKNOWNS = 10_000;

    /// In characters.
    private static final int MAX_SHOWN = 200;

    /// Programs that are named; further ones are passed over.
    private static final int MAX_TOOLS = 100;

    /// Two already contradict each other.
    private static final int MAX_DISTRIBUTIONS = 10;

    /// Tools that name the source package wherever it is not the package itself.
    private static final List<String> TOOLS_THAT_SAY_SOURCES = List.of("syft", "plimsoll", "trivy");

    final ImageDraft image = new ImageDraft();
    private final SbomLimits limits;
    private final Map<String, PackageDraft> packages = new LinkedHashMap<>();
    private final Map<String, PackageDraft> byReference = new HashMap<>();
    private final Map<String, Integer> otherTypes = new TreeMap<>();
    private final List<Unknown> unknowns = new ArrayList<>();
    private final List<String> tools = new ArrayList<>();
    private final Set<Statement> statements = EnumSet.noneOf(Statement.class);
    private final List<Distribution> distributions = new ArrayList<>();
    private final Map<String, Optional<Distribution>> byQualifier = new HashMap<>();
    private int furtherUnknowns;
    private int unidentified;
    private int components;
    private long memory;
    private boolean saysOwners;
    private final List<Need> needs = new ArrayList<>();
    /// What Plimsoll said of the image, empty where another program wrote the document.
    private Map<String, List<String>> said = Map.of();

    /// One package needs another, by {@link Component#reference}.
    private record Need(String from, String to) {}

    InventoryDraft(SbomLimits limits) {
        this.limits = limits;
    }

    SbomLimits limits() {
        return limits;
    }

    /// Counts a component that is kept until the document ends.
    void hold(Component component) throws SbomException {
        hold(PACKAGE
                + 2L * (component.name.length() + component.version.length() + component.packageUrl.length())
                + memory(component));
    }

    /// A program that wrote the document; its version may be empty.
    void tool(String name, String version) {
        if (!name.isBlank() && tools.size() < MAX_TOOLS) {
            tools.add(shown(version.isBlank() ? name.strip() : name.strip() + " " + version.strip()));
        }
    }

    /// The document says this of itself, where the text is not blank.
    void states(Statement statement, String text) {
        if (!text.isBlank()) {
            statements.add(statement);
        }
    }

    /// Whether one of these programs wrote it: `syft` is `syft 1.57.1` and `syft-1.57.1`.
    boolean isOf(String... programs) {
        return tools.stream()
                .map(tool -> tool.toLowerCase(Locale.ROOT))
                .anyMatch(tool -> List.of(programs).stream()
                        .anyMatch(name ->
                                tool.equals(name) || tool.startsWith(name + " ") || tool.startsWith(name + "-")));
    }

    /// What the document says the image is made of.
    void distribution(Distribution distribution) {
        boolean isNew =
                distributions.stream().noneMatch(known -> known.release().equals(distribution.release()));
        if (isNew && distributions.size() < MAX_DISTRIBUTIONS) {
            distributions.add(distribution);
        }
    }

    /// The document tells which package owns which, so that one that is not named has no owner.
    void saysOwners() {
        saysOwners = true;
    }

    void unknown(String place, String reason) {
        if (unknowns.size() < MAX_UNKNOWNS) {
            unknowns.add(Unknown.inDocument(shown(place), reason));
        } else {
            furtherUnknowns++;
        }
    }

    /// A component that may be a package, and that nobody can look up.
    void unidentified(String place, String reason) {
        unidentified++;
        unknown(place, reason);
    }

    /// A text of the document for a message: not long, and on one line.
    static String shown(String text) {
        var shown = new StringBuilder().append(text, 0, Math.min(text.length(), MAX_SHOWN));
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '\ufffd');
            }
        }
        return shown.append(text.length() > MAX_SHOWN ? "…" : "").toString();
    }

    /// @throws SbomException when a limit is exceeded
    void component(Component component) throws SbomException {
        if (++components > limits.packages()) {
            throw SbomLimits.exceeded("packages", limits.packages(), "sbom-packages");
        }
        var place = component.place + " (" + component.shown() + ")";
        if (component.packageUrl.isBlank()) {
            if (component.ofNoEcosystem) {
                unknown(place, "has no package URL: it belongs to no ecosystem that advisories are kept for");
            } else {
                unidentified(place, "has no package URL, so nothing can be looked up for it");
            }
            return;
        }
        var url = PackageUrl.parse(component.packageUrl.strip());
        if (url.isEmpty()) {
            unidentified(place, "'" + shown(component.packageUrl) + "' is no package URL");
            return;
        }
        if (isImage(url.get())) {
            unknown(place, "is an image in the image, which is not looked into");
            return;
        }
        var type = PackageType.of(url.get().type());
        if (type.isEmpty()) {
            otherTypes.merge(shown(url.get().type().toLowerCase(Locale.ROOT)), 1, Integer::sum);
            return;
        }
        identified(component, place, url.get(), type.get());
    }

    private static boolean isImage(PackageUrl url) {
        return url.type().equals("oci") || url.type().equals("docker");
    }

    private void identified(Component component, String place, PackageUrl url, PackageType type) throws SbomException {
        if (url.version().isEmpty()) {
            withoutVersion(component, place, url, type);
            return;
        }
        var normal = PackageDraft.normal(url, type);
        var key = normal + (PackageDraft.isDeclared(component) ? " declared" : "");
        hold(2L * key.length() + memory(component));
        var draft = packages.get(key);
        if (draft == null) {
            hold(PACKAGE);
            draft = new PackageDraft(normal, type);
            packages.put(key, draft);
        }
        draft.mention(component);
        saysOwners |= !component.owner.isEmpty();
        if (!component.reference.isEmpty()) {
            byReference.put(component.reference, draft);
        }
        if (type.ofDistribution()) {
            url.qualifier("distro").ifPresent(text -> byQualifier.computeIfAbsent(text, DistributionName::ofQualifier));
        }
    }

    /// The version may stand beside the package URL. Syft's `UNKNOWN` says that it found none, as we would find none.
    private void withoutVersion(Component component, String place, PackageUrl url, PackageType type)
            throws SbomException {
        if (component.version.equals("UNKNOWN")) {
            unknown(place, "has no version, so nothing can be compared");
        } else if (component.version.isBlank()) {
            unidentified(place, "has no version, so nothing can be compared");
        } else {
            var version = component.version.strip();
            // rpm's URLs have the epoch as a qualifier
            int colon = type == PackageType.RPM ? version.indexOf(':') : -1;
            var qualifiers = new TreeMap<>(url.qualifiers());
            if (colon > 0) {
                qualifiers.putIfAbsent("epoch", version.substring(0, colon));
            }
            identified(
                    component,
                    place,
                    new PackageUrl(
                            url.type(),
                            url.namespace(),
                            url.name(),
                            version.substring(colon + 1),
                            qualifiers,
                            url.subpath()),
                    type);
        }
    }

    private static long memory(Component component) {
        long sum = 2L * component.reference.length();
        for (var text : component.licenses) {
            sum += TEXT + text.length();
        }
        for (var text : component.ownedFiles) {
            sum += TEXT + text.length();
        }
        for (var text : component.cpes) {
            sum += TEXT + text.length();
        }
        for (var values : component.said.entrySet()) {
            for (var text : values.getValue()) {
                sum += TEXT + values.getKey().length() + text.length();
            }
        }
        for (var place : component.locations) {
            sum += 4L * TEXT + place.path().length();
        }
        return sum;
    }

    /// Counts what is kept until the document ends.
    ///
    /// @throws SbomException when it is too much
    void hold(long bytes) throws SbomException {
        memory += bytes;
        if (memory > limits.memory()) {
            throw SbomLimits.exceeded("bytes of memory for packages", limits.memory(), "sbom-memory");
        }
    }

    /// A package of the distribution owns the files of another.
    ///
    /// @param owner reference of {@link Component#reference}
    void owns(String owner, String owned) {
        saysOwners = true;
        var from = byReference.get(owner);
        var to = byReference.get(owned);
        if (from != null
                && to != null
                && from.type().ofDistribution()
                && !to.type().ofDistribution()) {
            to.ownedBy(from.purl());
        }
    }

    /// One package needs another; what is no package is passed over.
    ///
    /// @param from reference of {@link Component#reference}
    void needs(String from, String to) throws SbomException {
        hold(2L * TEXT + from.length() + to.length());
        needs.add(new Need(from, to));
    }

    private void resolveNeeds() {
        for (var need : needs) {
            var from = byReference.get(need.from());
            var to = byReference.get(need.to());
            if (from != null && to != null && from != to) {
                from.needs(to.purl());
            }
        }
    }

    /// What Plimsoll said of the image in this document.
    void said(Map<String, List<String>> values) throws SbomException {
        if (values.containsKey(PlimsollProperties.TRANSPORT)) {
            for (var texts : values.values()) {
                for (var text : texts) {
                    hold(4L * TEXT + 2L * text.length());
                }
            }
            said = values;
            image.said(values);
            saysOwners = true;
        }
    }

    boolean isOurs() {
        return !said.isEmpty();
    }

    private void addSaidUnknowns() {
        for (var text : said.getOrDefault(PlimsollProperties.UNKNOWN, List.of())) {
            var unknown = JsonDocument.object(text).orElse(JsonObject.EMPTY);
            var path = unknown.string("path").orElse("");
            var layer = JsonDocument.number(unknown, "layer");
            if (unknowns.size() < MAX_UNKNOWNS) {
                unknowns.add(new Unknown(
                        path.startsWith("/") ? path.substring(1) : path,
                        image.known(
                                layer < 0 || layer > Integer.MAX_VALUE
                                        ? OptionalInt.empty()
                                        : OptionalInt.of((int) layer)),
                        unknown.string("place").orElse(""),
                        unknown.string("reason").orElse("")));
            } else {
                furtherUnknowns++;
            }
        }
        var count = said.getOrDefault(PlimsollProperties.UNIDENTIFIED, List.of()).stream()
                .findFirst()
                .map(PlimsollProperties::index)
                .orElse(OptionalInt.empty());
        unidentified += count.orElse(0);
    }

    /// @param format `CycloneDX 1.6 JSON`
    /// @param analyzer `cyclonedx-document/1`
    Inventory finish(String format, String analyzer, Digest digest) {
        otherTypes.forEach((type, count) -> unknown(
                count + (count == 1 ? " package" : " packages") + " of type " + type,
                "Plimsoll does not know this type of package URL"));
        var distribution = theDistribution();
        resolveNeeds();
        addSaidUnknowns();
        var unsaid = isOurs() ? saidUnsaid() : unsaid();
        boolean cpesAreGuessed = isOf("syft");
        if (furtherUnknowns > 0) {
            unknowns.add(Unknown.inDocument("", furtherUnknowns + " further places are not listed"));
        }
        boolean sourcesAreSaid = !unsaid.contains(PackageFact.SOURCE_PACKAGES);
        return new Inventory(
                image.facts(),
                distribution,
                packages.values().stream()
                        .map(draft -> draft.finish(image, sourcesAreSaid, cpesAreGuessed, analyzer))
                        .toList(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                unknowns,
                List.of(analyzer),
                Optional.of(new SourceDocument(format, digest, tools, unsaid, unidentified, Optional.of(statements))));
    }

    /// What the inventory did not know that Plimsoll wrote down.
    private EnumSet<PackageFact> saidUnsaid() {
        var unsaid = EnumSet.noneOf(PackageFact.class);
        said.getOrDefault(PlimsollProperties.UNSAID, List.of())
                .forEach(word -> PackageFact.of(word).ifPresent(unsaid::add));
        return unsaid;
    }

    private EnumSet<PackageFact> unsaid() {
        var unsaid = EnumSet.noneOf(PackageFact.class);
        boolean toolSays = isOf(TOOLS_THAT_SAY_SOURCES.toArray(String[]::new));
        boolean saysSource = packages.values().stream().anyMatch(PackageDraft::saysSource);
        boolean ofDistribution =
                packages.values().stream().anyMatch(draft -> draft.type().ofDistribution());
        if (ofDistribution && !toolSays && !saysSource) {
            unsaid.add(PackageFact.SOURCE_PACKAGES);
            unknown(
                    "",
                    "it names no source package for any package of the distribution, and advisories speak of those");
        }
        if (packages.values().stream().noneMatch(PackageDraft::saysLicense)) {
            unsaid.add(PackageFact.LICENSES);
        }
        if (!saysOwners) {
            unsaid.add(PackageFact.OWNERSHIP);
        }
        return unsaid;
    }

    /// What is said outright counts before what only the packages' URLs say, because it says more; but all must agree.
    private Optional<Distribution> theDistribution() {
        var said = new ArrayList<>(distributions);
        byQualifier.values().forEach(found -> found.ifPresent(said::add));
        var releases = new TreeMap<String, Distribution>();
        for (var distribution : said) {
            releases.putIfAbsent(distribution.release().toString(), distribution);
        }
        // a name without a version contradicts no release of the same distribution
        said.stream().map(Distribution::id).distinct().forEach(id -> {
            if (releases.keySet().stream()
                            .filter(text -> text.startsWith(id + ":"))
                            .count()
                    > 1) {
                releases.remove(id + ":unknown");
            }
        });
        if (releases.size() > 1) {
            unknown(
                    "",
                    "it names several distributions: " + shown(String.join(", ", releases.keySet()))
                            + "; say with --distro which it is");
            return Optional.empty();
        }
        return releases.values().stream().findFirst();
    }
}
