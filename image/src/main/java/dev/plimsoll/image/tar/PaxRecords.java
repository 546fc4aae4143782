package dev.plimsoll.image.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a pax extended header says about the entry that follows it. Records of no use here are passed over.
///
/// Source: POSIX.1-2017, pax, "pax Extended Header"; GNU tar manual, "Storing Sparse Files", formats 0.0, 0.1 and
/// 1.0.
final class PaxRecords {

    /// How tars keep an extended attribute, and the front of the names of those that overlayfs reads.
    private static final String OVERLAYFS = "SCHILY.xattr.trusted.overlay.";

    byte @Nullable [] path;
    byte @Nullable [] linkPath;

    @Nullable
    Long size;

    @Nullable
    Long userId;

    @Nullable
    Long groupId;
    /// The name of a sparse file; `path` is a made-up one then.
    byte @Nullable [] sparseName;

    @Nullable
    Long sparseSize;
    /// The map of the formats 0.0 and 0.1.
    @Nullable
    SparseMap sparseMap;

    /// The extended attribute `security.capability` as Go's archive/tar, which container engines use, writes and reads
    /// it.
    private static final String CAPABILITY = "SCHILY.xattr.security.capability";

    byte @Nullable [] capability;

    /// Whether the entry has extended attributes by which overlayfs keeps its own state.
    boolean ofOverlayfs;

    private long sparseMajor;
    private long sparseMinor;
    private @Nullable Long pendingOffset;

    /// Reads the records of a header.
    ///
    /// @throws NumberFormatException when they are not well-formed; the message says what is wrong
    static PaxRecords parse(byte[] content) {
        var records = new PaxRecords();
        var at = 0;
        while (at < content.length) {
            var space = at;
            long length = 0;
            while (space < content.length
                    && content[space] >= '0'
                    && content[space] <= '9'
                    && length <= content.length) {
                length = length * 10 + (content[space] - '0');
                space++;
            }
            if (space == at || space >= content.length || content[space] != ' ') {
                throw new NumberFormatException("a pax record has no length");
            }
            var end = at + length;
            if (end > content.length || end <= space + 1 || content[(int) end - 1] != '\n') {
                throw new NumberFormatException("a pax record has a wrong length");
            }
            var equals = space + 1;
            while (equals < end && content[equals] != '=') {
                equals++;
            }
            if (equals >= end) {
                throw new NumberFormatException("a pax record has no \"=\"");
            }
            var key = new String(content, space + 1, equals - space - 1, StandardCharsets.ISO_8859_1);
            records.accept(key, Arrays.copyOfRange(content, equals + 1, (int) end - 1));
            at = (int) end;
        }
        return records;
    }

    /// Whether an entry would read differently with these records: of interest for global headers, which nobody
    /// applies.
    boolean saysSomething() {
        return path != null || linkPath != null || size != null || userId != null || groupId != null || isSparse();
    }

    boolean isSparse() {
        return sparseMap != null || hasMapInContent();
    }

    /// Whether the map stands before the content (format 1.0). The two records that say so may come in any order.
    private boolean hasMapInContent() {
        return sparseMajor == 1 && sparseMinor == 0;
    }

    private void accept(String key, byte[] value) {
        if (value.length == 0) {
            return; // an empty value takes a record back
        }
        switch (key) {
            case "path" -> path = value;
            case "linkpath" -> linkPath = value;
            case "size" -> size = number(value);
            case "uid" -> userId = signedNumber(value);
            case "gid" -> groupId = signedNumber(value);
            case "GNU.sparse.name" -> sparseName = value;
            case "GNU.sparse.size", "GNU.sparse.realsize" -> sparseSize = number(value);
            case "GNU.sparse.major" -> sparseMajor = number(value);
            case "GNU.sparse.minor" -> sparseMinor = number(value);
            case "GNU.sparse.offset" -> pendingOffset = number(value);
            case "GNU.sparse.numbytes" -> {
                if (pendingOffset == null) {
                    throw new NumberFormatException("a piece of a sparse file has no offset");
                }
                map().add(pendingOffset, number(value));
                pendingOffset = null;
            }
            case "GNU.sparse.numblocks" -> map();
            case "GNU.sparse.map" -> parseMap(value);
            case CAPABILITY -> capability = value;
            default -> {
                ofOverlayfs |= key.startsWith(OVERLAYFS);
                // times, extended attributes, comments: of no use here
            }
        }
    }

    private SparseMap map() {
        if (sparseMap == null) {
            sparseMap = new SparseMap();
        }
        return sparseMap;
    }

    private void parseMap(byte[] value) {
        var map = map();
        var from = 0;
        long offset = -1;
        for (var i = 0; i <= value.length; i++) {
            if (i == value.length || value[i] == ',') {
                var number = number(Arrays.copyOfRange(value, from, i));
                if (offset < 0) {
                    offset = number;
                } else {
                    map.add(offset, number);
                    offset = -1;
                }
                from = i + 1;
            }
        }
        if (offset >= 0) {
            throw new NumberFormatException("the map of a sparse file ends in the middle of a piece");
        }
    }

    /// An owner may be negative: Go's archive/tar writes and reads that.
    private static long signedNumber(byte[] digits) {
        return digits.length > 1 && digits[0] == '-'
                ? -number(Arrays.copyOfRange(digits, 1, digits.length))
                : number(digits);
    }

    /// Digits only: a negative number makes no sense in the records of sizes and offsets.
    static long number(byte[] digits) {
        if (digits.length == 0 || digits.length > 19) {
            throw new NumberFormatException("a pax record holds no number or one beyond 63 bits");
        }
        long value = 0;
        for (var digit : digits) {
            if (digit < '0' || digit > '9') {
                throw new NumberFormatException("a pax record holds no number");
            }
            value = value * 10 + (digit - '0');
        }
        if (value < 0) {
            throw new NumberFormatException("a pax record holds a number beyond 63 bits");
        }
        return value;
    }
}
