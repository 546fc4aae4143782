package dev.plimsoll.inventory.rpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Builds the bytes of a header as rpm keeps them in its database.
final class HeaderBytes {

    private final List<int[]> entries = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private HeaderBytes() {}

    static HeaderBytes header() {
        return new HeaderBytes();
    }

    /// A package with all that every package has.
    static HeaderBytes ofPackage(String name, String version, String release) {
        return header().text(RpmHeader.NAME, name)
                .text(RpmHeader.VERSION, version)
                .text(RpmHeader.RELEASE, release)
                .text(RpmHeader.ARCH, "x86_64")
                .text(RpmHeader.LICENSE, "MIT")
                .text(RpmHeader.SOURCE_RPM, name + "-" + version + "-" + release + ".src.rpm");
    }

    HeaderBytes text(int tag, String text) {
        return entry(tag, 6, 1, bytes(text));
    }

    HeaderBytes texts(int tag, String... texts) {
        var all = new ByteArrayOutputStream();
        for (var text : texts) {
            all.writeBytes(bytes(text));
        }
        return entry(tag, 8, texts.length, all.toByteArray());
    }

    HeaderBytes internationalTexts(int tag, String... texts) {
        texts(tag, texts);
        entries.getLast()[1] = 9;
        return this;
    }

    HeaderBytes numbers(int tag, int... numbers) {
        while (data.size() % 4 != 0) {
            data.write(0);
        }
        var all = ByteBuffer.allocate(4 * numbers.length);
        for (var number : numbers) {
            all.putInt(number);
        }
        return entry(tag, 4, numbers.length, all.array());
    }

    /// Files by folder: `/usr/bin/`, then names.
    HeaderBytes files(String directory, String... names) {
        return texts(RpmHeader.DIRECTORY_NAMES, directory)
                .texts(RpmHeader.BASE_NAMES, names)
                .numbers(RpmHeader.DIRECTORY_INDEXES, new int[names.length]);
    }

    HeaderBytes entry(int tag, int type, int count, byte[] content) {
        entries.add(new int[] {tag, type, data.size(), count});
        data.writeBytes(content);
        return this;
    }

    private static byte[] bytes(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    byte[] build() {
        var bytes = ByteBuffer.allocate(8 + 16 * entries.size() + data.size());
        bytes.putInt(entries.size()).putInt(data.size());
        for (var entry : entries) {
            for (var number : entry) {
                bytes.putInt(number);
            }
        }
        return bytes.put(data.toByteArray()).array();
    }
}
