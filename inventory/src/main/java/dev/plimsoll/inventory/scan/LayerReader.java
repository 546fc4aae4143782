package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentDigests;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.ShadowEntry;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.inventory.scan.LayerEvidence.Unreadable;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads what {@link LayerWriter} wrote. What is damaged or of another version throws: the layer is then read again.
final class LayerReader {

    /// In characters of one text: that of the largest file that is kept whole, in Base64.
    static final int MAX_TEXT = 64 << 20;

    /// In elements of one list.
    static final int MAX_ELEMENTS = 20_000_000;

    private final DataInputStream in;

    private LayerReader(DataInputStream in) {
        this.in = in;
    }

    static LayerResult<LayerEvidence> read(InputStream in) throws IOException {
        try {
            return new LayerReader(new DataInputStream(in)).layer();
        } catch (IllegalArgumentException e) {
            throw new IOException("the facts of a layer that were kept are damaged: " + e.getMessage(), e);
        }
    }

    /// Reads one element.
    @FunctionalInterface
    private interface Element<T> {
        T read() throws IOException;
    }

    private LayerResult<LayerEvidence> layer() throws IOException {
        if (in.readInt() != LayerWriter.MARK) {
            throw new IOException("no facts of a layer");
        }
        int version = in.readInt();
        if (version != LayerWriter.VERSION) {
            throw new IOException("facts of a layer in the form " + version + ", not " + LayerWriter.VERSION);
        }
        long unpacked = in.readLong();
        long entries = in.readLong();
        var listing = new LayerListing.Collector();
        int listed = count();
        for (int i = 0; i < listed; i++) {
            listing.add(entry());
        }
        var evidence = new LayerEvidence(
                list(this::found), list(this::unreadable), list(this::unreadable), Map.copyOf(map()), allDigests());
        if (in.read() >= 0) {
            throw new IOException("the facts of a layer that were kept go on behind their end");
        }
        return new LayerResult<>(unpacked, entries, evidence, listing.finish());
    }

    private FileTable allDigests() throws IOException {
        var table = FileTable.builder(LayerCollector.DIGESTS_IN_MEMORY);
        int size = count();
        for (int i = 0; i < size; i++) {
            table.add(new FileEntry(text(), FileEntry.Kind.FILE, 0, 0, 0, 0, 0, "", Optional.of(text())));
        }
        return table.build();
    }

    private LayerEntry entry() throws IOException {
        return new LayerEntry(
                text(),
                LayerEntry.Kind.valueOf(text()),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                text(),
                text());
    }

    private Found found() throws IOException {
        return new Found(text(), new AnalyzerId(text(), in.readInt()), list(this::fact));
    }

    private Unreadable unreadable() throws IOException {
        return new Unreadable(text(), text(), text());
    }

    private Fact fact() throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 0 -> packageFound();
            case 1 -> new Fact.OwnedFiles(type(), text(), list(this::text));
            case 2 -> new Fact.Licenses(type(), text(), list(this::text));
            case 3 -> new Fact.Properties(type(), text(), properties());
            case 4 -> new Fact.Dependencies(type(), text(), list(this::text));
            case 5 -> new Fact.FileClaims(type(), text(), list(this::claim));
            case 6 -> new Fact.Diverted(type(), text(), text(), text());
            case 7 -> {
                var hex = HexFormat.of();
                yield new Fact.Digested(
                        new ContentDigests(hex.parseHex(text()), hex.parseHex(text()), hex.parseHex(text())));
            }
            case 8 -> new Fact.DistributionFound(new Distribution(text(), text(), text(), list(this::text), text()));
            case 9 -> new Fact.Content(content());
            case 10 -> new Fact.Executable(text());
            default -> throw new IOException("a fact of the kind " + kind);
        };
    }

    private Fact.PackageFound packageFound() throws IOException {
        return new Fact.PackageFound(
                type(),
                text(),
                text(),
                text(),
                in.readBoolean() ? Optional.of(new SourcePackage(text(), text())) : Optional.empty(),
                text(),
                text(),
                Evidence.valueOf(text()),
                text(),
                map(),
                list(this::text),
                list(this::text),
                list(this::text),
                list(this::text),
                properties(),
                text());
    }

    private FileClaim claim() throws IOException {
        var path = text();
        var algorithm = text();
        var digest = text();
        int mode = in.readInt();
        return new FileClaim(
                path,
                algorithm,
                digest,
                mode < 0 ? OptionalInt.empty() : OptionalInt.of(mode),
                in.readBoolean(),
                in.readBoolean());
    }

    private ContentFact content() throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 0 -> new ContentFact.SecretFound(text(), in.readInt(), text(), text());
            case 1 -> new ContentFact.SearchMatched(text(), list(in::readInt));
            case 2 -> new ContentFact.Retrieved(text());
            case 3 ->
                new ContentFact.AccountFound(new Account(
                        text(),
                        in.readLong(),
                        in.readLong(),
                        text(),
                        text(),
                        text(),
                        Account.Password.valueOf(text())));
            case 4 -> new ContentFact.GroupFound(new Group(text(), in.readLong(), list(this::text)));
            case 5 -> new ContentFact.ShadowFound(new ShadowEntry(text(), Account.Password.valueOf(text())));
            case 6 -> new ContentFact.MalwareFound(text());
            case 7 -> new ContentFact.MalwareNotScanned(text());
            default -> throw new IOException("a fact of contents of the kind " + kind);
        };
    }

    private PackageType type() throws IOException {
        return PackageType.valueOf(text());
    }

    private <T> List<T> list(Element<T> element) throws IOException {
        int size = count();
        var values = new ArrayList<T>(Math.min(size, 1 << 10));
        for (int i = 0; i < size; i++) {
            values.add(element.read());
        }
        return List.copyOf(values);
    }

    private Map<String, String> map() throws IOException {
        int size = count();
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < size; i++) {
            var key = text();
            values.put(key, text());
        }
        return values;
    }

    private Map<PackageProperty, String> properties() throws IOException {
        Map<PackageProperty, String> values = new EnumMap<>(PackageProperty.class);
        for (var entry : map().entrySet()) {
            values.put(PackageProperty.valueOf(entry.getKey()), entry.getValue());
        }
        return values;
    }

    private int count() throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_ELEMENTS) {
            throw new IOException("a list of " + count + " elements");
        }
        return count;
    }

    private String text() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_TEXT) {
            throw new IOException("a text of " + length + " characters");
        }
        var bytes = in.readNBytes(length * 2);
        if (bytes.length < length * 2) {
            throw new IOException("the facts of a layer that were kept end too early");
        }
        // no decoder of the JDK leaves half a surrogate pair as it is
        return ByteBuffer.wrap(bytes).asCharBuffer().toString();
    }
}
