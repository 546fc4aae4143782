package dev.plimsoll.inventory.rpm;

import static dev.plimsoll.inventory.rpm.HeaderBytes.header;
import static dev.plimsoll.inventory.rpm.HeaderBytes.ofPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The limits of headers and of what is made of them, and damage of every byte.
class HeaderCollectorTest {

    private final RecordedFacts facts = new RecordedFacts();
    private final HeaderCollector collector = new HeaderCollector(facts);

    @Test
    void everyByteOfAHeaderMayBeWrong() {
        var bytes = ofPackage("a", "1", "2")
                .numbers(RpmHeader.EPOCH, 1)
                .files("/usr/bin/", "a", "b")
                .build();
        for (int change : new int[] {0x01, 0x40, 0x80, 0xff}) {
            for (int at = 0; at < bytes.length; at++) {
                var damaged = bytes.clone();
                damaged[at] ^= (byte) change;
                assertThat(collector.accept("header", damaged)).isTrue();
            }
        }
        assertThat(facts.unknowns()).hasSizeGreaterThan(100);
    }

    @Test
    void everyLengthOfAHeaderIsRefusedButTheRightOne() {
        var bytes = ofPackage("a", "1", "2").files("/usr/bin/", "a", "b").build();
        for (int length = 0; length < bytes.length + 20; length++) {
            var facts = new RecordedFacts();
            new HeaderCollector(facts).accept("header", Arrays.copyOf(bytes, length));
            assertThat(facts.packages()).as("length " + length).hasSize(length == bytes.length ? 1 : 0);
            assertThat(facts.unknowns()).as("length " + length).hasSize(length == bytes.length ? 0 : 1);
        }
    }

    @Test
    void aHeaderMayHaveAsManyEntriesAsRpmAllowsAndNoMore() {
        var header = ofPackage("a", "1", "2");
        for (int i = 6; i < RpmHeader.MAX_ENTRIES; i++) {
            header.entry(100_000 + i, 0, 0, new byte[0]);
        }
        collector.accept("x", header.build());
        assertThat(facts.single().name()).isEqualTo("a");

        collector.accept("x", header.entry(99_999, 0, 0, new byte[0]).build());
        assertThat(facts.unknowns()).containsExactly("x: the header has 65536 entries; 1 to 65535 are allowed");
    }

    @Test
    void aHeaderWithoutEntriesIsRefused() {
        assertThatExceptionOfType(DamagedHeaderException.class)
                .isThrownBy(() -> RpmHeader.parse(new byte[8]))
                .withMessageContaining("0 entries");
    }

    @Test
    void aHeaderMayBeAsLongAsTheLimitAndNoLonger() throws Exception {
        var small = ofPackage("a", "1", "2").entry(9999, 7, 0, new byte[0]).build().length;
        var header = ofPackage("a", "1", "2")
                .entry(9999, 7, 1, new byte[RpmHeader.MAX_BYTES - small])
                .build();

        assertThat(RpmHeader.parse(header).text(RpmHeader.NAME)).contains("a");
        assertThatExceptionOfType(DamagedHeaderException.class)
                .isThrownBy(() -> RpmHeader.parse(Arrays.copyOf(header, header.length + 1)))
                .withMessage("the header is over " + RpmHeader.MAX_BYTES + " bytes");
    }

    @Test
    void aTextMayBeAsLongAsTheLimitAndNoLonger() {
        collector.accept(
                "x",
                header().text(RpmHeader.NAME, "a")
                        .text(RpmHeader.VERSION, "1")
                        .text(RpmHeader.RELEASE, "1")
                        .text(RpmHeader.LICENSE, "x".repeat(RpmHeader.MAX_TEXT))
                        .build());
        assertThat(facts.single().licenses().getFirst()).hasSize(RpmHeader.MAX_TEXT);

        collector.accept(
                "x",
                ofPackage("a", "1", "2")
                        .text(RpmHeader.LICENSE, "x".repeat(RpmHeader.MAX_TEXT + 1))
                        .build());
        assertThat(facts.packages()).hasSize(2);
        assertThat(facts.unknowns())
                .containsExactly("x: its package's licence was not read: a text of tag 1014 is over 65536 bytes");
    }

    @Test
    void aPackageMayHaveAsManyFilesAsTheLimitAndNoMore() {
        collector.accept(
                "x",
                ofPackage("a", "1", "2")
                        .files("/", names(HeaderCollector.MAX_FILES))
                        .build());
        assertThat(facts.single().ownedFiles()).hasSize(HeaderCollector.MAX_FILES);

        collector.accept(
                "x",
                ofPackage("b", "1", "2")
                        .files("/", names(HeaderCollector.MAX_FILES + 1))
                        .build());
        assertThat(facts.packages()).hasSize(2);
        assertThat(facts.unknowns())
                .containsExactly("x: some of its package's paths were not read: tag 1117 has over 200000 values");
    }

    private static String[] names(int count) {
        var names = new String[count];
        Arrays.fill(names, "f");
        return names;
    }

    @Test
    void aPathMayBeAsLongAsLinuxAllowsAndNoLonger() {
        collector.accept(
                "x",
                ofPackage("a", "1", "2")
                        .files("/" + "d".repeat(4000) + "/", "x".repeat(94))
                        .build());
        assertThat(facts.single().ownedFiles().getFirst()).hasSize(HeaderCollector.MAX_PATH - 1);

        collector.accept(
                "x",
                ofPackage("b", "1", "2")
                        .files("/" + "d".repeat(4000) + "/", "x".repeat(95))
                        .build());
        assertThat(facts.unknowns())
                .containsExactly("x: some of its package's paths were not read: a path is over 4096 characters");
    }

    /// A long folder of many files would make much of few bytes.
    @Test
    void pathsBeyondTheirMemoryAreLeftOutButPackagesStay() {
        var header = ofPackage("a", "1", "2")
                .files("/" + "d".repeat(4000) + "/", names(3000))
                .build();
        for (int i = 0; i < 10; i++) {
            assertThat(collector.accept("x", header)).isTrue();
        }
        assertThat(facts.packages()).hasSize(10);
        assertThat(facts.unknowns())
                .containsExactly(": its paths take over 67108864 bytes of memory; further ones were left out");
        assertThat(facts.packages().stream()
                        .mapToLong(found -> found.ownedFiles().size())
                        .sum())
                .isEqualTo(HeaderCollector.MAX_PATHS / (4000 + 2 + 48));
    }

    @Test
    void packagesBeyondTheirLimitAreNotRead() {
        var header = ofPackage("a", "1", "2").build();
        for (int i = 0; i < HeaderCollector.MAX_PACKAGES; i++) {
            assertThat(collector.accept("x", header)).isTrue();
        }
        assertThat(facts.unknowns()).isEmpty();

        assertThat(collector.accept("x", header)).isFalse();
        assertThat(facts.packages()).hasSize(HeaderCollector.MAX_PACKAGES);
        assertThat(facts.unknowns()).containsExactly(": over 50000 packages; the rest was not read");
    }

    @Test
    void textsBeyondTheirMemoryAreNotRead() {
        var header = ofPackage("a", "1", "2")
                .text(RpmHeader.LICENSE, "x".repeat(60_000))
                .build();
        var taken = 0;
        while (collector.accept("x", header)) {
            taken++;
        }
        assertThat(taken).isEqualTo(facts.packages().size()).isBetween(500, 560);
        assertThat(facts.unknowns())
                .containsExactly(": its texts take over 33554432 bytes of memory; the rest was not read");
    }

    @Test
    void countsThatLieAreRefusedWithoutReading() {
        var bytes = ofPackage("a", "1", "2").numbers(RpmHeader.EPOCH, 1).build();
        for (int entry = 0; entry < 7; entry++) {
            for (int value : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30}) {
                for (int field : new int[] {8, 12}) {
                    var damaged = ByteBuffer.wrap(bytes.clone())
                            .putInt(8 + 16 * entry + field, value)
                            .array();
                    var facts = new RecordedFacts();
                    new HeaderCollector(facts).accept("x", damaged);
                    assertThat(facts.unknowns())
                            .as("entry %d field %d", entry, field)
                            .singleElement()
                            .asString()
                            .endsWith("tag " + ByteBuffer.wrap(bytes).getInt(8 + 16 * entry)
                                    + " lies beyond the end of the header");
                }
            }
        }
    }
}
