package dev.plimsoll.inventory.serial;

import dev.plimsoll.image.Connection;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageConfiguration.HistoryEntry;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.BaseImage.How;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.FileTableBuilder;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.purl.Distribution;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Reads the serial form that {@link InventoryWriter} writes. What a later minor version added is passed over.
public final class InventoryReader {

    /// In bytes; 150,000 files and 3,000 packages take about 20 million, three million files about 300 million.
    public static final long MAX_FILE = 512L << 20;

    /// In values, of all but packages, files and unknowns together, and of each of these; the files of the largest
    /// packages are some ten thousand.
    static final int MAX_VALUES = 1_000_000;

    /// In bytes of memory, about, for all packages, files and unknowns.
    static final long MAX_MEMORY = 256L << 20;

    /// What files are called that are packed by gzip. What they unpack to counts, as in others.
    public static final String PACKED = ".gz";

    /// The minor version since which files say what capabilities they have.
    private static final int CAPABILITIES_SINCE = 2;

    private static final JsonLimits LIMITS = JsonLimits.FOREIGN.withBytes(MAX_FILE);

    private static final Pattern VERSION = Pattern.compile("1\\.[0-9]{1,9}");

    private static final Set<String> KEPT = with(
            ContentsReader.MEMBERS,
            "schema",
            "version",
            "analyzers",
            "image",
            "distribution",
            "filesUnsaid",
            "analysis",
            "digested",
            "excluded",
            "dockerfile",
            VerificationSection.NAME,
            "document");

    private static Set<String> with(Set<String> some, String... more) {
        var all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    private final List<ImagePackage> packages = new ArrayList<>();
    private final FileTableBuilder files = FileTable.builder();
    private final List<Unknown> unknowns = new ArrayList<>();
    private final MemoryEstimate memory;
    private int highestLayer = -1;
    private String highestLayerPlace = "";
    private Optional<JsonException> firstProblem = Optional.empty();

    private InventoryReader(long mostMemory) {
        this.memory = new MemoryEstimate(mostMemory);
    }

    /// Reads a file; one that ends with `.gz` is unpacked.
    ///
    /// @throws IOException when the file cannot be read or is no inventory of a version known here; the
    /// message names file and place
    public static Inventory read(Path file) throws IOException {
        try {
            var size = Files.size(file);
            if (size > MAX_FILE) {
                throw new JsonException("over " + MAX_FILE + " bytes");
            }
            try (var in = Files.newInputStream(file);
                    var text = file.toString().endsWith(PACKED) ? new GZIPInputStream(in) : in) {
                return new InventoryReader(MAX_MEMORY).inventory(text);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no inventory " + file, e);
        } catch (IOException e) {
            throw new IOException("cannot read the inventory " + file + ": " + e.getMessage(), e);
        }
    }

    /// @throws JsonException when the text is no inventory of a version known here; the message names the place
    public static Inventory read(byte[] text) throws JsonException {
        return read(text, MAX_MEMORY);
    }

    static Inventory read(byte[] text, long mostMemory) throws JsonException {
        try {
            return new InventoryReader(mostMemory).inventory(new ByteArrayInputStream(text));
        } catch (JsonException e) {
            throw e;
        } catch (IOException e) {
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }

    private Inventory inventory(InputStream in) throws IOException {
        var root = new Node(
                "",
                JsonReader.readObject(
                        in,
                        LIMITS,
                        KEPT,
                        Map.of(
                                "packages", (index, value) -> take("/packages/" + index, value, this::addPackage),
                                "files", (index, value) -> take("/files/" + index, value, this::addFile),
                                "unknowns", (index, value) -> take("/unknowns/" + index, value, this::addUnknown)),
                        MAX_VALUES));
        requireVersion(root);
        if (firstProblem.isPresent()) {
            throw firstProblem.get();
        }
        var image = image(root.object("image"));
        var contents = new ContentsReader(this::layer).read(root);
        // where nobody knows the layers, files still say that they are of the one that was read
        if (highestLayer >= Math.max(image.layersKnown() ? 0 : 1, image.layers().size())) {
            throw new JsonException("at " + highestLayerPlace + ": there is no layer " + highestLayer
                    + "; the image has " + image.layers().size());
        }
        root.array("packages");
        root.array("unknowns");
        Optional<FileTable> table = Optional.empty();
        if (root.optional("files").isPresent()) {
            root.array("files");
            var unsaid = root.optional("filesUnsaid").isPresent() ? root.texts("filesUnsaid") : List.<String>of();
            if (minor(root) < CAPABILITIES_SINCE || unsaid.contains(InventoryWriter.CAPABILITIES)) {
                files.withoutCapabilities();
            }
            table = Optional.of(files.build());
        }
        var distribution = root.optional("distribution");
        return new Inventory(
                image,
                distribution.isPresent() ? Optional.of(distribution(distribution.get())) : Optional.empty(),
                packages,
                table,
                root.texts("digested"),
                root.texts("excluded"),
                root.optionalText("dockerfile"),
                unknowns,
                root.texts("analyzers"),
                document(root),
                root.optionalDigest("analysis"),
                contents);
    }

    /// Of a version that is known to be 1.
    private static int minor(Node root) throws JsonException {
        return Integer.parseInt(root.text("version").substring("1.".length()));
    }

    private static void requireVersion(Node root) throws JsonException {
        var schema = root.text("schema");
        var version = root.text("version");
        if (!schema.equals(InventoryWriter.SCHEMA) || !VERSION.matcher(version).matches()) {
            throw new JsonException("not an inventory of version 1: schema " + Node.quoted(schema) + ", version "
                    + Node.quoted(version) + "; write it anew with `plimsoll sbom IMAGE -o inventory=FILE`");
        }
    }

    /// An element may be wrong because the whole is of another version, which is known only at the end: so the first
    /// problem waits, and what follows it is passed over.
    private void take(String place, JsonValue element, Part part) {
        if (firstProblem.isPresent()) {
            return;
        }
        try {
            part.add(new Node(place, element));
        } catch (UncheckedIOException e) {
            firstProblem = Optional.of(new JsonException(String.valueOf(e.getMessage()), e));
        } catch (JsonException e) {
            firstProblem = Optional.of(e);
        }
    }

    /// Adds one element.
    @FunctionalInterface
    private interface Part {
        void add(Node node) throws JsonException;
    }

    private void addPackage(Node node) throws JsonException {
        memory.add(node);
        packages.add(item(node));
    }

    private void addFile(Node node) throws JsonException {
        var file = file(node);
        memory.add(node, file);
        files.add(file);
    }

    private void addUnknown(Node node) throws JsonException {
        memory.add(node);
        unknowns.add(new Unknown(node.text("path"), optionalLayer(node), node.text("place"), node.text("reason")));
    }

    private OptionalInt optionalLayer(Node node) throws JsonException {
        var layer = node.optional("layer");
        return layer.isPresent() ? OptionalInt.of(layer(layer.get())) : OptionalInt.empty();
    }

    /// Which layers there are is known only at the end.
    private int layer(Node node) throws JsonException {
        var layer = (int) node.asNumber(0, Integer.MAX_VALUE);
        if (layer > highestLayer) {
            highestLayer = layer;
            highestLayerPlace = node.place();
        }
        return layer;
    }

    private static Distribution distribution(Node node) throws JsonException {
        if (node.text("id").isEmpty() || node.text("id").indexOf(':') >= 0) {
            throw node.wrong(Node.quoted(node.text("id")) + " is no id of a distribution");
        }
        return new Distribution(
                node.text("id"),
                node.text("versionId"),
                node.text("codename"),
                node.texts("like"),
                node.text("prettyName"));
    }

    private static ImageFacts image(Node node) throws JsonException {
        var layers = new ArrayList<LayerFacts>();
        for (var layer : node.optional("layers").isPresent() ? node.array("layers") : List.<Node>of()) {
            layers.add(new LayerFacts(
                    layer.optionalDigest("digest"),
                    layer.optionalDigest("diffId"),
                    layer.text("mediaType"),
                    layer.optionalNumber("size"),
                    layer.optionalNumber("unpackedSize"),
                    layer.text("createdBy")));
        }
        Optional<ImageConfiguration> configuration =
                node.optional("configuration").isPresent()
                        ? Optional.of(configuration(node.object("configuration")))
                        : Optional.empty();
        if (configuration.isPresent() != node.optional("layers").isPresent() && layers.isEmpty()) {
            throw node.wrong("a configuration tells the layers, and an empty list of layers needs one");
        }
        return new ImageFacts(
                node.text("transport"),
                node.texts("names"),
                node.optional("repoDigests").isPresent() ? node.texts("repoDigests") : List.of(),
                node.optionalDigest("id"),
                node.optionalDigest("manifestDigest"),
                platform(node, configuration),
                configuration,
                // Before 1.1 there were only images whose bytes were held against their digests.
                node.optional("verified").isEmpty() || node.bool("verified"),
                layers,
                base(node, layers.size()),
                connection(node));
    }

    private static Optional<Connection> connection(Node image) throws JsonException {
        if (image.optional("connection").isEmpty()) {
            return Optional.empty();
        }
        var word = image.choice(
                "connection",
                Arrays.stream(Connection.values()).map(Connection::word).toArray(String[]::new));
        return Arrays.stream(Connection.values())
                .filter(connection -> connection.word().equals(word))
                .findFirst();
    }

    private static Optional<BaseImage> base(Node image, int most) throws JsonException {
        var node = image.optional("base");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        var layers = node.get().optional("layers");
        return Optional.of(new BaseImage(
                node.get().optionalText("name").orElse(""),
                node.get().optionalDigest("digest"),
                layers.isPresent() ? OptionalInt.of((int) layers.get().asNumber(0, most)) : OptionalInt.empty(),
                How.valueOf(node.get()
                        .choice(
                                "how",
                                Arrays.stream(How.values()).map(How::word).toArray(String[]::new))
                        .toUpperCase(Locale.ROOT))));
    }

    /// An image whose configuration names no system has one all the same, with empty parts.
    private static Optional<Platform> platform(Node node, Optional<ImageConfiguration> configuration)
            throws JsonException {
        var text = node.optionalText("platform");
        if (configuration.isEmpty()) {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Platform.parse(text.get())
                            .filter(parsed -> parsed.toString().equals(text.get()))
                            .orElseThrow(() -> node.wrong(Node.quoted(text.get()) + " is no platform")));
        }
        var platform = new Platform(
                configuration.get().os(),
                configuration.get().architecture(),
                configuration.get().variant());
        if (!node.text("platform").equals(platform.toString())) {
            throw node.wrong("the platform is " + Node.quoted(node.text("platform")) + " and the configuration's "
                    + Node.quoted(platform.toString()));
        }
        return Optional.of(platform);
    }

    private static Optional<SourceDocument> document(Node root) throws JsonException {
        var node = root.optional("document");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        var unsaid = EnumSet.noneOf(PackageFact.class);
        for (var word : node.get().texts("unsaid")) {
            // what a later version knows to be unsaid is nothing that this one asks for
            PackageFact.of(word).ifPresent(unsaid::add);
        }
        return Optional.of(new SourceDocument(
                node.get().text("format"),
                node.get().digest("digest"),
                node.get().texts("tools"),
                unsaid,
                (int) node.get().member("unidentified").asNumber(0, Integer.MAX_VALUE),
                statements(node.get())));
    }

    private static Optional<Set<Statement>> statements(Node document) throws JsonException {
        if (document.optional("statements").isEmpty()) {
            return Optional.empty();
        }
        var statements = EnumSet.noneOf(Statement.class);
        for (var word : document.texts("statements")) {
            // what a later version knows of is nothing that this one asks for
            Statement.of(word).ifPresent(statements::add);
        }
        return Optional.of(statements);
    }

    private static ImageConfiguration configuration(Node node) throws JsonException {
        var history = new ArrayList<HistoryEntry>();
        for (var step : node.array("history")) {
            history.add(new HistoryEntry(
                    step.text("created"), step.text("createdBy"), step.text("comment"), step.bool("emptyLayer")));
        }
        return new ImageConfiguration(
                node.text("os"),
                node.text("architecture"),
                node.text("variant"),
                node.text("created"),
                node.text("author"),
                node.text("user"),
                node.texts("exposedPorts"),
                node.texts("environment"),
                node.texts("entrypoint"),
                node.texts("command"),
                node.text("workingDirectory"),
                node.texts("volumes"),
                node.object("labels").textMembers(),
                node.text("stopSignal"),
                node.texts("shell"),
                node.texts("onBuild"),
                node.optional("argsEscaped").isPresent() ? Optional.of(node.bool("argsEscaped")) : Optional.empty(),
                HealthcheckSection.read(node),
                history,
                node.digests("diffIds"));
    }

    private ImagePackage item(Node node) throws JsonException {
        var locations = new ArrayList<Location>();
        for (var location : node.optional("locations").isPresent() ? node.array("locations") : List.<Node>of()) {
            locations.add(new Location(location.text("path"), optionalLayer(location)));
        }
        var source = node.optional("source");
        return new ImagePackage(
                node.purl("purl"),
                node.packageType("type"),
                node.text("name"),
                node.text("version"),
                source.isPresent()
                        ? Optional.of(new SourcePackage(
                                source.get().text("name"), source.get().text("version")))
                        : Optional.empty(),
                node.text("architecture"),
                node.text("modularity"),
                node.choice("evidence", "installed", "declared").equals("installed")
                        ? Evidence.INSTALLED
                        : Evidence.DECLARED,
                node.text("analyzer"),
                locations,
                optionalLayer(node),
                node.texts("licenses"),
                node.texts("ownedFiles"),
                node.optionalPurl("ownedBy"),
                node.optional("cpes").isPresent() ? node.texts("cpes") : List.of(),
                node.optional("dependencies").isPresent() ? node.purls("dependencies") : List.of(),
                properties(node));
    }

    /// Of a later version there may be properties that this one does not know.
    private static Map<PackageProperty, String> properties(Node node) throws JsonException {
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        var members = node.optional("attributes");
        if (members.isPresent()) {
            members.get()
                    .textMembers()
                    .forEach((word, value) ->
                            PackageProperty.of(word).ifPresent(property -> properties.put(property, value)));
        }
        return properties;
    }

    private FileEntry file(Node node) throws JsonException {
        var cells = node.elements();
        if (cells.size() < 7 || cells.size() > 10) {
            throw node.wrong("holds " + cells.size() + " elements where 7 to 10 belong");
        }
        return new FileEntry(
                cells.get(0).asText(),
                kind(cells.get(1)),
                cells.get(2).asOctal(),
                cells.get(3).asNumber(0, Long.MAX_VALUE),
                cells.get(4).asNumber(0, Long.MAX_VALUE),
                cells.get(5).asNumber(0, Long.MAX_VALUE),
                layer(cells.get(6)),
                cells.size() > 7 ? cells.get(7).asText() : "",
                cell(cells, 8),
                cell(cells, 9));
    }

    /// An empty text stands where there is none before another cell.
    private static Optional<String> cell(List<Node> cells, int index) throws JsonException {
        return cells.size() > index && !cells.get(index).asText().isEmpty()
                ? Optional.of(cells.get(index).asText())
                : Optional.empty();
    }

    private static FileEntry.Kind kind(Node node) throws JsonException {
        var at = InventoryWriter.KINDS.indexOf(node.asText());
        if (at < 0) {
            throw node.wrong("is no kind of file; kinds are " + String.join(" ", InventoryWriter.KINDS));
        }
        return List.of(FileEntry.Kind.values()).get(at);
    }
}
