package dev.plimsoll.inventory;

import dev.plimsoll.inventory.FileEntry.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Writes entries as bytes, each with what its path does not share with the one before.
///
/// An entry: flags and kind (a byte); length of the shared front; rest of the path; mode, user, group, size, layer;
/// then
/// what the flags say there is: link target, digest, capabilities. Numbers take seven bits a byte, lowest first; texts
/// have their length in front.
final class FileEntryWriter {

    static final List<Kind> KINDS = List.of(Kind.values());
    static final int KIND = 0x07;
    static final int LINK = 0x08;
    /// A SHA-256 in lower-case hexadecimal: 32 bytes.
    static final int DIGEST = 0x10;
    /// Another text in the place of a digest.
    static final int OTHER_DIGEST = 0x20;
    static final int CAPABILITIES = 0x40;

    static final int DIGEST_BYTES = 32;

    private byte[] block = new byte[1 << 10];
    private int end;
    private byte[] lastPath = new byte[0];

    /// The next path stands whole.
    void restart() {
        lastPath = new byte[0];
    }

    void write(FileEntry entry) {
        var path = CodeUnits.bytes(entry.path());
        var digest = entry.sha256().map(FileEntryWriter::raw).orElse(new byte[0]);
        var flags = KINDS.indexOf(entry.kind());
        flags |= entry.linkTarget().isEmpty() ? 0 : LINK;
        flags |= digest.length > 0 ? DIGEST : entry.sha256().isPresent() ? OTHER_DIGEST : 0;
        flags |= entry.capabilities().isPresent() ? CAPABILITIES : 0;
        var mismatch = Arrays.mismatch(path, lastPath);
        var shared = mismatch < 0 ? path.length : mismatch;
        number(flags);
        number(shared);
        text(path, shared);
        lastPath = path;
        number(entry.mode());
        number(entry.userId());
        number(entry.groupId());
        number(entry.size());
        number(entry.layer());
        if ((flags & LINK) != 0) {
            text(CodeUnits.bytes(entry.linkTarget()), 0);
        }
        if ((flags & DIGEST) != 0) {
            raw(digest, 0);
        }
        if ((flags & OTHER_DIGEST) != 0) {
            text(CodeUnits.bytes(entry.sha256().orElse("")), 0);
        }
        if ((flags & CAPABILITIES) != 0) {
            text(CodeUnits.bytes(entry.capabilities().orElse("")), 0);
        }
    }

    /// Empty for what is no SHA-256 in the usual form.
    private static byte[] raw(String digest) {
        if (digest.length() != DIGEST_BYTES * 2) {
            return new byte[0];
        }
        for (var i = 0; i < digest.length(); i++) {
            var sign = digest.charAt(i);
            if ((sign < '0' || sign > '9') && (sign < 'a' || sign > 'f')) {
                return new byte[0];
            }
        }
        return HexFormat.of().parseHex(digest);
    }

    private void number(long value) {
        ensure(10);
        var rest = value;
        while ((rest & ~0x7fL) != 0) {
            block[end++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        block[end++] = (byte) rest;
    }

    private void text(byte[] text, int from) {
        number(text.length - from);
        raw(text, from);
    }

    private void raw(byte[] bytes, int from) {
        ensure(bytes.length - from);
        System.arraycopy(bytes, from, block, end, bytes.length - from);
        end += bytes.length - from;
    }

    private void ensure(int more) {
        if (end + more > block.length) {
            block = Arrays.copyOf(block, Math.max(end + more, block.length * 2));
        }
    }

    /// Hands over what was written.
    void flush(SpilledBytes.Writer out) {
        out.write(block, end);
        end = 0;
    }
}
