package dev.plimsoll.image.tar;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.TarBytes.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void readsNamesOfUstarBehindTheirPrefix() throws IOException {
        var bytes = tar().header(new Header("name", '0').text(345, "a/prefix")).end();

        assertThat(read(bytes)).containsExactly("a/prefix/name 0  0 ");
    }

    @Test
    void readsNoPrefixWhereGnuKeepsOtherThings() throws IOException {
        var bytes = tar().header(new Header("name", '0').text(257, "ustar  \0").text(345, "12345670"))
                .end();

        assertThat(read(bytes)).containsExactly("name 0  0 ");
    }

    @Test
    void readsTheContentOfEachFileAndNoMore() throws IOException {
        var bytes = tar().file("empty", "")
                .file("a", "x".repeat(512))
                .file("b", "y")
                .end();

        assertThat(read(bytes)).containsExactly("empty 0  0 ", "a 0  512 " + "x".repeat(512), "b 0  1 y");
    }

    @Test
    void takesLongNamesAndLinksOfGnu() throws IOException {
        var name = "n".repeat(300);
        var bytes = tar().about('L', name + "\0")
                .about('K', "target/".repeat(40) + "\0")
                .symbolicLink("short", "short")
                .end();

        assertThat(read(bytes)).containsExactly(name + " 2 " + "target/".repeat(40) + " 0 ");
    }

    @Test
    void takesPathLinkSizeAndOwnerOfPax() throws IOException {
        var bytes = tar().pax('x', "path", "ü/long", "linkpath", "to", "uid", "3000000000", "mtime", "1.5")
                .symbolicLink("short", "short")
                .pax('x', "size", "3")
                .header(new Header("sized", '0').size(0))
                .content("abc".getBytes(StandardCharsets.UTF_8))
                .end();

        assertThat(read(bytes)).containsExactly("ü/long 2 to 0 ", "sized 0  3 abc");
    }

    @Test
    void anEmptyPaxValueLeavesWhatTheHeaderSays() throws IOException {
        assertThat(read(tar().pax('x', "path", "").file("own", "").end())).containsExactly("own 0  0 ");
    }

    @Test
    void aGlobalPaxHeaderAppliesToNothingAndIsTold() throws IOException {
        var bytes = tar().pax('g', "comment", "fine")
                .pax('g', "path", "other")
                .file("own", "")
                .end();

        assertThat(read(bytes)).containsExactly("own 0  0 ");
        assertThat(problems).singleElement().asString().contains("global pax header");
    }

    @Test
    void readsNumbersInBase256EvenNegativeOwners() throws IOException {
        var header = new Header("big", '0')
                .base256(108, 8, -5)
                .base256(116, 8, 1L << 40)
                .base256(124, 12, 2);
        var reader = reader(tar().header(header).content(new byte[] {'h', 'i'}).end());

        var entry = reader.next();

        assertThat(entry).isNotNull();
        assertThat(List.of(entry.userId(), entry.groupId(), entry.size())).containsExactly(-5L, 1L << 40, 2L);
    }

    @Test
    void aNegativeSizeIsAnError() {
        refuses(tar().header(new Header("a", '0').base256(124, 12, -512)).end(), "negative size");
    }

    @Test
    void aNumberBeyond63BitsIsAnError() {
        var header = new Header("a", '0');
        header.block[124] = (byte) 0x80;
        header.block[127] = 1;
        refuses(tar().header(header).end(), "beyond 63 bits");
    }

    @Test
    void aNumberThatIsNoneIsAnError() {
        refuses(tar().header(new Header("a", '0').text(124, "12x")).end(), "not an octal number");
    }

    @Test
    void takesNumbersFilledWithBlanks() throws IOException {
        var bytes = tar().header(new Header("a", '0').text(124, "         2 \0"))
                .content(new byte[] {'h', 'i'})
                .end();

        assertThat(read(bytes)).containsExactly("a 0  2 hi");
    }

    @Test
    void takesTheSumOfSignedBytes() throws IOException {
        assertThat(read(tar().signedHeader(new Header("\u00e9", '0')).end())).hasSize(1);
    }

    @Test
    void aWrongChecksumIsAnError() {
        var bytes = tar().file("a", "").file("b", "").end();
        bytes[512] = 'x';
        refuses(bytes, "entry at byte 512: the checksum");
    }

    @Test
    void whatIsNoTarIsSaidToBeNone() {
        refuses("hello".repeat(200).getBytes(StandardCharsets.UTF_8), "this is not a tar");
    }

    @Test
    void linksAndDirectoriesHaveNoContentWhateverTheySay() throws IOException {
        var bytes = tar().header(new Header("d/", '5').size(1000))
                .header(new Header("l", '1').link("d").size(77))
                .file("f", "x")
                .end();

        assertThat(read(bytes)).containsExactly("d/ 5  0 ", "l 1 d 0 ", "f 0  1 x");
    }

    @Test
    void anOldFileWithATrailingSlashIsADirectory() throws IOException {
        assertThat(read(tar().header(new Header("d/", '\0'))
                        .header(new Header("f", '\0'))
                        .end()))
                .containsExactly("d/ 5  0 ", "f 0  0 ");
    }

    @Test
    void theEndMayBeMissingOrFollowedByAnything() throws IOException {
        assertThat(read(tar().file("a", "x").bytes())).hasSize(1);
        assertThat(read(tar().file("a", "x").raw(new byte[512]).bytes())).hasSize(1);
        assertThat(read(tar().file("a", "x")
                        .raw(new byte[1024])
                        .file("hidden", "")
                        .bytes()))
                .hasSize(1);
        assertThat(read(new byte[0])).isEmpty();
    }

    @Test
    void anEntryBehindASingleBlockOfZerosIsAnError() {
        refuses(tar().file("a", "x").raw(new byte[512]).file("b", "").end(), "single block of zeros");
    }

    @Test
    void everyCutWithinAnEntryIsAnError() throws IOException {
        var bytes = tar().about('L', "long\0").file("a", "x".repeat(600)).bytes();
        for (var length = 1; length < 512 * 3 + 600; length++) {
            if (length >= 512 + "long\0".length() && length <= 512 * 2) {
                continue; // behind the long name: as Go reads it, an end
            }
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(ImageException.class);
        }
        assertThat(read(Arrays.copyOf(bytes, 512 * 3 + 600))).hasSize(1);
    }

    @Test
    void aDescriptionOfNothingIsTheEndAndIsTold() throws IOException {
        assertThat(read(tar().file("a", "x").pax('x', "path", "b").bytes())).hasSize(1);
        assertThat(problems)
                .containsExactly("the archive ends where an entry should follow its long name or pax header");
    }

    @Test
    void attributesOfOverlayfsAreTold() throws IOException {
        assertThat(read(tar().pax('x', "SCHILY.xattr.trusted.overlay.redirect", "/x")
                        .directory("d/")
                        .end()))
                .hasSize(1);
        assertThat(problems).singleElement().asString().contains("extended attributes of overlayfs");
    }

    @Test
    void theVersionOfASparseFormatMayStandInAnyOrder() throws IOException {
        var bytes = tar().pax(
                        'x',
                        "GNU.sparse.minor",
                        "0",
                        "GNU.sparse.realsize",
                        "4",
                        "GNU.sparse.name",
                        "file",
                        "GNU.sparse.major",
                        "1")
                .header(new Header("made-up", '0').size(512 + 1))
                .content("1\n3\n1\n".getBytes(StandardCharsets.UTF_8))
                .content("x".getBytes(StandardCharsets.UTF_8))
                .end();

        assertThat(read(bytes)).containsExactly("file 0  4 \0\0\0x");
    }

    @Test
    void anOwnerInPaxMayBeNegative() throws IOException {
        var header = reader(
                        tar().pax('x', "uid", "-2", "gid", "-1").file("a", "").end())
                .next();

        assertThat(header).isNotNull();
        assertThat(header.userId()).isEqualTo(-2);
        assertThat(header.groupId()).isEqualTo(-1);
    }

    @Test
    void headersThatDescribeNothingAreLimitedOnBothSides() throws IOException {
        var most = tar();
        for (var i = 0; i < TarReader.MAX_DESCRIPTIONS; i++) {
            most.pax('x', "path", "name" + i);
        }

        assertThat(read(tar().raw(most.bytes()).file("a", "").end())).containsExactly("name999 0  0 ");
        refuses(most.pax('g', "comment", "c").file("a", "").end(), "more than 1000 long names and pax headers");
    }

    @Test
    void tellsWhetherTheEndOfTheArchiveWasSeen() throws IOException {
        for (var end : new int[] {0, 512, 1024}) {
            var reader = reader(tar().file("a", "").raw(new byte[end]).bytes());
            while (reader.next() != null) {
                assertThat(reader.isAtEndMarker()).isFalse();
            }
            assertThat(reader.isAtEndMarker()).isEqualTo(end > 0);
        }
    }

    @Test
    void readsAllFourFormsOfSparseFiles() throws IOException {
        var data = "abcdef".getBytes(StandardCharsets.UTF_8);
        var old = new Header("old", 'S')
                .size(6)
                .octal(386, 11, 2)
                .octal(398, 11, 3)
                .octal(410, 11, 8)
                .octal(422, 11, 3)
                .octal(483, 11, 12);
        var bytes = tar().header(old)
                .content(data)
                .pax(
                        'x',
                        "GNU.sparse.size",
                        "12",
                        "GNU.sparse.numblocks",
                        "2",
                        "GNU.sparse.offset",
                        "2",
                        "GNU.sparse.numbytes",
                        "3",
                        "GNU.sparse.offset",
                        "8",
                        "GNU.sparse.numbytes",
                        "3")
                .file("zero", data)
                .pax('x', "GNU.sparse.size", "12", "GNU.sparse.name", "one", "GNU.sparse.map", "2,3,8,3")
                .file("made-up", data)
                .pax(
                        'x',
                        "GNU.sparse.major",
                        "1",
                        "GNU.sparse.minor",
                        "0",
                        "GNU.sparse.name",
                        "two",
                        "GNU.sparse.realsize",
                        "12")
                .header(new Header("made-up", '0').size(512 + 6))
                .content("2\n2\n3\n8\n3\n".getBytes(StandardCharsets.UTF_8))
                .content(data)
                .file("after", "x")
                .end();

        var holes = "\0\0abc\0\0\0def\0";
        assertThat(read(bytes))
                .containsExactly(
                        "old 0  12 " + holes,
                        "zero 0  12 " + holes,
                        "one 0  12 " + holes,
                        "two 0  12 " + holes,
                        "after 0  1 x");
    }

    @Test
    void readsTheMapOfAnOldSparseFileThroughItsExtensions() throws IOException {
        var header = new Header("old", 'S')
                .size(6)
                .octal(386, 11, 0)
                .octal(398, 11, 1)
                .octal(410, 11, 2)
                .octal(422, 11, 1)
                .octal(434, 11, 4)
                .octal(446, 11, 1)
                .octal(458, 11, 6)
                .octal(470, 11, 1)
                .octal(483, 11, 11);
        header.block[482] = 1;
        var extension = new Header("", '0');
        Arrays.fill(extension.block, (byte) 0);
        extension.octal(0, 11, 8).octal(12, 11, 1).octal(24, 11, 10).octal(36, 11, 1);
        var bytes = tar().header(header)
                .raw(extension.block)
                .content("abcdef".getBytes(StandardCharsets.UTF_8))
                .end();

        assertThat(read(bytes)).containsExactly("old 0  11 a\0b\0c\0d\0e\0f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3,2,0,1", "0,9", "0", "x,1", "0,99999999999999999999", "9223372036854775807,9223372036854775807"
            })
    void aSparseMapThatCannotBeIsAnError(String map) {
        refuses(
                tar().pax('x', "GNU.sparse.size", "4", "GNU.sparse.map", map)
                        .file("a", "abc")
                        .end(),
                "");
    }

    @Test
    void aSparseFileOfExabytesCostsNothingUnlessRead() throws IOException {
        var bytes = tar().pax('x', "GNU.sparse.size", "8000000000000000000", "GNU.sparse.map", "0,1")
                .file("a", "x")
                .file("b", "y")
                .end();
        var reader = reader(bytes);

        var huge = reader.next();
        var buffer = reader.content().readNBytes(10_000);
        var after = reader.next();

        assertThat(huge).isNotNull();
        assertThat(huge.size()).isEqualTo(8_000_000_000_000_000_000L);
        assertThat(buffer).hasSize(10_000);
        assertThat(after).isNotNull();
    }

    @Test
    void moreSparsePiecesThanTheLimitAreAnError() {
        var map = new SparseMap();
        for (var i = 0; i < SparseMap.MAX_PIECES; i++) {
            map.add(i * 2L, 1);
        }
        assertThatThrownBy(() -> map.add(1L << 40, 1)).hasMessageContaining("more than " + SparseMap.MAX_PIECES);
    }

    @Test
    void metadataUpToTheLimitAreReadAndLongerOnesRefused() throws IOException {
        assertThat(read(tar().about('L', "n".repeat(TarReader.MAX_METADATA_BYTES))
                        .file("a", "")
                        .end()))
                .hasSize(1);
        refuses(
                tar().about('L', "n".repeat(TarReader.MAX_METADATA_BYTES + 1))
                        .file("a", "")
                        .end(),
                "over the limit of 1048576");
        refuses(
                tar().header(new Header("x", 'x').base256(124, 12, Long.MAX_VALUE))
                        .end(),
                "over the limit of 1048576");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path=a\n",
                "5\n",
                "99 path=a\n",
                "10 path=abc",
                "9 path-ab\n",
                "0 =\n",
                "99999999999999999999 path=a\n"
            })
    void aBrokenPaxRecordIsAnError(String records) {
        refuses(tar().about('x', records).file("a", "").end(), "pax record");
    }

    @Test
    void theContentOfAnEntryEndsWhenTheNextIsAskedFor() throws IOException {
        var reader = reader(tar().file("a", "abc").file("b", "def").end());
        reader.next();
        var first = reader.content();
        reader.next();

        assertThat(first.read()).isEqualTo(-1);
        assertThat(reader.content().readAllBytes()).isEqualTo("def".getBytes(StandardCharsets.UTF_8));
    }

    private void refuses(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(ImageException.class).hasMessageContaining(message);
    }

    /// Each entry as "name type link size content".
    private List<String> read(byte[] bytes) throws IOException {
        var reader = reader(bytes);
        List<String> entries = new ArrayList<>();
        for (var header = reader.next(); header != null; header = reader.next()) {
            entries.add(new String(header.name(), StandardCharsets.UTF_8) + " " + (char) header.type() + " "
                    + new String(header.linkName(), StandardCharsets.UTF_8) + " " + header.size() + " "
                    + new String(reader.content().readAllBytes(), StandardCharsets.UTF_8));
        }
        return entries;
    }

    private TarReader reader(byte[] bytes) {
        return new TarReader(new StreamInput(new ByteArrayInputStream(bytes)), "test.tar", problems::add);
    }

    /// Gives a few bytes at a time, as no real input does.
    private static final class StreamInput extends TarInput {

        private final InputStream stream;
        private long position;

        StreamInput(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var read = stream.read(into, offset, Math.min(length, 100));
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            var skipped = stream.skip(count);
            position += skipped;
            return skipped;
        }

        @Override
        public long position() {
            return position;
        }
    }
}
