package dev.plimsoll.inventory.rpm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Adler32;

/// Builds a database of the kind ndb, with one page of slots.
///
/// Source: rpm, `lib/backend/ndb/rpmpkg.c`.
final class NdbBytes {

    private NdbBytes() {}

    static byte[] of(List<byte[]> headers) {
        var size = 4096;
        for (var header : headers) {
            size += 16 * blocks(header);
        }
        var bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        magic(bytes, "RpmP").putInt(0).putInt(7).putInt(1).putInt(headers.size() + 1);
        bytes.position(32);
        var block = 256;
        for (int i = 0; i < 254; i++) {
            magic(bytes, "Slot");
            if (i < headers.size()) {
                var blocks = blocks(headers.get(i));
                bytes.putInt(i + 1).putInt(block).putInt(blocks);
                block += blocks;
            } else {
                bytes.putInt(0).putInt(0).putInt(0);
            }
        }
        for (int i = 0; i < headers.size(); i++) {
            var header = headers.get(i);
            var start = bytes.position();
            magic(bytes, "BlbS").putInt(i + 1).putInt(3).putInt(header.length).put(header);
            bytes.position(start + 16 * blocks(header) - 12);
            var sum = new Adler32();
            sum.update(bytes.array(), start, bytes.position() - start);
            magic(bytes.putInt((int) sum.getValue()).putInt(header.length), "BlbE");
        }
        return bytes.array();
    }

    private static int blocks(byte[] header) {
        return (16 + header.length + 12 + 15) / 16;
    }

    private static ByteBuffer magic(ByteBuffer bytes, String text) {
        return bytes.put(text.getBytes(StandardCharsets.US_ASCII));
    }
}
