package dev.plimsoll.inventory.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds small programs of Windows and macOS with one section.
public final class PeAndMachO {

    /// Of the section, from the start of the program in memory.
    public static final int ADDRESS = 0x2000;

    private PeAndMachO() {}

    /// @param resources size of the table of resources, at the start of the section
    /// @param cli size of the header of .NET
    public static byte[] pe(String name, byte[] content, int resources, int cli) {
        var optional = 112 + 16 * 8;
        var start = 64 + 24 + optional + 40;
        var file = ByteBuffer.allocate(start + content.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'M').put((byte) 'Z').putInt(0x3c, 64);
        file.position(64).put("PE\0\0".getBytes(StandardCharsets.US_ASCII));
        file.putShort((short) 0x8664).putShort((short) 1).position(64 + 20);
        file.putShort((short) optional).putShort((short) 2);
        file.putShort((short) 0x20b).putLong(64 + 24 + 24, 0x140000000L).putInt(64 + 24 + 108, 16);
        directory(file, 2, resources);
        directory(file, 14, cli);
        file.position(64 + 24 + optional).put(name.getBytes(StandardCharsets.US_ASCII));
        file.position(64 + 24 + optional + 8);
        file.putInt(content.length).putInt(ADDRESS).putInt(content.length).putInt(start);
        file.position(start).put(content);
        return file.array();
    }

    private static void directory(ByteBuffer file, int index, int size) {
        file.putInt(64 + 24 + 112 + 8 * index, size == 0 ? 0 : ADDRESS).putInt(64 + 24 + 112 + 8 * index + 4, size);
    }

    /// Of 64 bits, little endian.
    public static byte[] machO(String section, byte[] content) {
        var start = 32 + 72 + 80;
        var file = ByteBuffer.allocate(start + content.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xfeedfacf)
                .putInt(0x01000007)
                .putInt(3)
                .putInt(2)
                .putInt(1)
                .putInt(72 + 80)
                .putLong(0);
        file.putInt(0x19)
                .putInt(72 + 80)
                .put("__DATA".getBytes(StandardCharsets.US_ASCII))
                .position(32 + 24);
        file.putLong(0x1000).putLong(content.length).putLong(start).putLong(content.length);
        file.putInt(3).putInt(3).putInt(1).putInt(0);
        file.put(section.getBytes(StandardCharsets.US_ASCII)).position(32 + 72 + 32);
        file.putLong(0x1000).putLong(content.length).putInt(start);
        file.position(start).put(content);
        return file.array();
    }

    /// A file for several processors with one part.
    public static byte[] fat(byte[] part) {
        var file = ByteBuffer.allocate(64 + part.length).order(ByteOrder.BIG_ENDIAN);
        file.putInt(0xcafebabe)
                .putInt(1)
                .putInt(7)
                .putInt(3)
                .putInt(64)
                .putInt(part.length)
                .putInt(0);
        file.position(64).put(part);
        return file.array();
    }
}
