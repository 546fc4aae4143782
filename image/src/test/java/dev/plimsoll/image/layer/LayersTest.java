package dev.plimsoll.image.layer;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.Seen;
import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.TarBytes.Header;
import dev.plimsoll.image.tree.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LayersTest {

    @TempDir
    Path temporary;

    private int files;

    @Test
    void aLayerReadsTheSamePlainGzippedInMembersAndAsZstdInFrames() throws IOException {
        var tar =
                tar().file("a", "x".repeat(700_000)).file("b", random(600_000)).end();
        var half = tar.length / 2;
        var first = Arrays.copyOf(tar, half);
        var second = Arrays.copyOfRange(tar, half, tar.length);
        var skippable = new byte[] {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9};
        var expected = read(tar).found().contents;

        for (var packed : List.of(
                ImageBytes.gzipped(tar),
                joined(
                        ImageBytes.gzipped(first),
                        ImageBytes.gzipped(new byte[0]),
                        ImageBytes.gzipped(second),
                        new byte[700]),
                Zstd.compress(tar),
                joined(skippable, Zstd.compress(first), skippable, Zstd.compress(second)))) {
            var result = read(packed);
            assertThat(result.found().contents).isEqualTo(expected);
            assertThat(result.unpackedSize()).isEqualTo(tar.length);
            assertThat(result.entries()).isEqualTo(2);
        }
    }

    @Test
    void readsAGzipHeaderWithAllItsFields() throws IOException {
        var plain = ImageBytes.gzipped(tar().file("a", "x").end());
        var header = joined(
                new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3},
                ImageBytes.bytes("name\0comment\0"),
                new byte[2]);

        assertThat(read(joined(header, Arrays.copyOfRange(plain, 10, plain.length)))
                        .entries())
                .isEqualTo(1);
    }

    @Test
    void anEmptyLayerHasNoEntries() throws IOException {
        assertThat(read(new byte[0]).entries()).isZero();
        assertThat(read(ImageBytes.gzipped(new byte[1024])).unpackedSize()).isEqualTo(1024);
    }

    @Test
    void everyCutOfAPackedLayerIsAnError() {
        var tar = tar().file("a", random(3000)).file("b", "y").end();
        for (var packed : List.of(ImageBytes.gzipped(tar), Zstd.compress(tar))) {
            for (var length = 1; length < packed.length; length += 7) {
                var cut = Arrays.copyOf(packed, length);
                assertThatThrownBy(() -> read(cut))
                        .as("cut at %d of %d", length, packed.length)
                        .isInstanceOf(ImageException.class);
            }
        }
    }

    @Test
    void aWrongCheckSumOrLengthOfAGzipMemberIsAnError() {
        var crc = ImageBytes.gzipped(tar().file("a", "x").end());
        crc[crc.length - 8] ^= 1;
        fails(crc, "check sum");
        var size = ImageBytes.gzipped(tar().file("a", "x").end());
        size[size.length - 1] ^= 1;
        fails(size, "length of a gzip member");
        fails(joined(ImageBytes.gzipped(tar().end()), ImageBytes.bytes("garbage")), "not gzip follows");
    }

    @Test
    void otherPackingsAreNamed() {
        fails(ImageBytes.bytes("BZh91AY&SY"), "bzip2");
        fails(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, "xz");
        fails(ImageBytes.bytes("{\"json\":1}".repeat(100)), "this is not a tar");
    }

    @Test
    void aWrongBlobDigestIsAnErrorThatNamesBoth() {
        var packed = ImageBytes.gzipped(tar().file("a", random(900_000)).end());
        var other = Digest.sha256("0".repeat(64));
        var blob = new Blob(
                new LayerDescriptor(0, other, Optional.empty(), "", packed.length),
                new BlobContent.FileRange(file(packed), 0, packed.length),
                Optional.of(other),
                false);

        assertThatThrownBy(() -> Layers.read(List.of(blob), _ -> new Seen(), options(ImageLimits.DEFAULTS)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining(ImageBytes.digest(packed));
    }

    @Test
    void whatStandsBehindTheEndOfTheTarBelongsToTheDigests() throws IOException {
        var tar = joined(tar().file("a", "x").end(), new byte[300_000]);
        var diffId = Digest.sha256(ImageBytes.hex(tar));

        assertThat(Layers.read(
                        List.of(blob(0, ImageBytes.gzipped(tar), Optional.of(diffId))),
                        _ -> new Seen(),
                        options(ImageLimits.DEFAULTS)))
                .hasSize(1);
        var wrong = Optional.of(Digest.sha256("0".repeat(64)));
        assertThatThrownBy(() -> Layers.read(
                        List.of(blob(0, ImageBytes.gzipped(tar), wrong)),
                        _ -> new Seen(),
                        options(ImageLimits.DEFAULTS)))
                .hasMessageContaining("diff id")
                .hasMessageContaining(diffId.toString());
    }

    @Test
    void digestsOfSha512AreVerifiedToo() throws Exception {
        var tar = tar().file("a", "x").end();
        var hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(tar));
        var digest = new Digest("sha512", hex);
        var blob = new Blob(
                new LayerDescriptor(0, digest, Optional.empty(), "", tar.length),
                new BlobContent.FileRange(file(tar), 0, tar.length),
                Optional.of(digest),
                false);

        assertThat(Layers.read(List.of(blob), _ -> new Seen(), options(ImageLimits.DEFAULTS)))
                .hasSize(1);
    }

    @Test
    void namesAreBroughtToNormalFormAndOddOnesAreToldOrRefused() throws IOException {
        var result = read(tar().file("./a//b/./c", "1")
                .file("/abs", "2")
                .file("x/../y", "3")
                .file("../out", "4")
                .pax('x', "path", "nul\0byte")
                .file("short", "5")
                .file("ctrl\u0007", "6")
                .header(new Header("\u00ff\u00fe", '0'))
                .directory("./")
                .directory("dir/")
                .symbolicLink("link", "../../as/it/stands")
                .hardLink("hard", "./a/b/../c")
                .hardLink("hard2", "/a//b/c")
                .header(new Header("odd", 'Z').size(3))
                .content(ImageBytes.bytes("abc"))
                .end());

        assertThat(result.found().entries)
                .extracting(LayerEntry::path)
                .containsExactly(
                        "a/b/c", "abs", "y", "out", "ctrl\u0007", "\\xff\\xfe", "dir", "link", "hard", "hard2");
        assertThat(result.found().entries)
                .filteredOn(entry -> !entry.linkTarget().isEmpty())
                .extracting(LayerEntry::linkTarget)
                .containsExactly("../../as/it/stands", "a/c", "a/b/c");
        assertThat(result.found().problems)
                .containsExactly(
                        "y: \"..\" in a name, read from the root of the image: x/../y",
                        "out: \"..\" in a name, read from the root of the image: ../out",
                        "nul\\x00byte: a zero byte in a name",
                        "ctrl\\x07: control characters in a name",
                        "\\xff\\xfe: a name is not UTF-8",
                        "hard: its link target: \"..\" in a name, read from the root of the image: ./a/b/../c",
                        "odd: an entry of the unknown type 0x5a");
        assertThat(result.entries()).isEqualTo(13);
        assertThat(result.listing().size()).isEqualTo(10);
    }

    @Test
    void whiteoutsAndOpaqueMarkersAreToldApartAndAufsFilesIgnored() throws IOException {
        var result = read(tar().file("d/.wh.gone", "")
                .file(".wh.top", "")
                .file("d/.wh..wh..opq", "")
                .file(".wh..wh..opq", "")
                .file(".wh..wh.aufs", "")
                .directory(".wh..wh.plnk/")
                .file(".wh..wh.plnk/1", "")
                .file("d/.wh.", "")
                .file("d/.wh...", "")
                .file("d/.whx", "")
                .end());

        assertThat(result.found().entries)
                .extracting(entry -> entry.kind() + " " + entry.path())
                .containsExactly("WHITEOUT d/gone", "WHITEOUT top", "OPAQUE d", "FILE .wh..wh.plnk/1", "FILE d/.whx");
        assertThat(result.found().problems)
                .containsExactly(
                        ": an opaque marker in the root, by which container engines hide nothing",
                        "d/.wh.: a whiteout that names no file",
                        "d/.wh...: a whiteout that names no file");
    }

    @Test
    void kindsModesAndOwnersComeThrough() throws IOException {
        var result = read(tar().header(new Header("suid", '0').mode(0104755).owner(5, 6))
                .header(new Header("c", '3'))
                .header(new Header("b", '4'))
                .header(new Header("p", '6'))
                .header(new Header("contiguous", '7').size(1))
                .content(new byte[1])
                .end());

        assertThat(result.found().entries)
                .containsExactly(
                        new LayerEntry("suid", Kind.FILE, 04755, 5, 6, 0, ""),
                        new LayerEntry("c", Kind.CHARACTER_DEVICE, 0644, 0, 0, 0, ""),
                        new LayerEntry("b", Kind.BLOCK_DEVICE, 0644, 0, 0, 0, ""),
                        new LayerEntry("p", Kind.FIFO, 0644, 0, 0, 0, ""),
                        new LayerEntry("contiguous", Kind.FILE, 0644, 0, 0, 1, ""));
    }

    @Test
    void capabilitiesComeThrough() throws IOException {
        var raw = "\u0001\0\0\u0002\0\u0020\0\0" + "\0".repeat(12);
        var result = read(tar().pax('x', "SCHILY.xattr.security.capability", raw)
                .file("ping", "")
                .pax('x', "SCHILY.xattr.security.capability", "odd")
                .file("broken", "")
                .file("plain", "")
                .hardLink("other", "ping")
                .end());

        assertThat(result.found().entries)
                .extracting(LayerEntry::capabilities)
                .containsExactly("cap_net_raw+ep", "", "", "");
        assertThat(result.found().problems).containsExactly("broken: capabilities of 3 bytes");
        assertThat(result.listing()).extracting(LayerEntry::capabilities).containsExactly("cap_net_raw+ep", "", "", "");
        var tree = FileTree.merge(List.of(result.listing()), ReadOptions.defaults());
        assertThat(tree.get("other").orElseThrow().capabilities()).isEqualTo("cap_net_raw+ep");
        assertThat(tree.get("plain").orElseThrow().capabilities()).isEmpty();
    }

    @Test
    void limitsHoldOnBothSidesAndNameTheirOption() throws IOException {
        var tar = tar().file("12345", "").file("a", "").file("b", "").end();

        assertThat(read(tar, limits(3, tar.length, 5)).entries()).isEqualTo(3);
        fails(tar, limits(2, tar.length, 5), "more entries than the limit of 2 (--max-layer-entries)");
        fails(
                tar,
                limits(3, tar.length - 1, 5),
                "the limit of " + (tar.length - 1) + " bytes (--max-layer-unpacked-bytes)");
        assertThat(read(tar, limits(3, tar.length, 4)).found().problems)
                .containsExactly("12345: a name of 5 bytes is over the limit of 4 (--max-path-bytes)");
    }

    @Test
    void aDecompressionBombEndsAtItsRatio() throws IOException {
        var zeros = new byte[1 << 20];
        for (var zstd : new boolean[] {false, true}) {
            var out = new ByteArrayOutputStream();
            if (zstd) {
                try (var stream = new ZstdOutputStream(out)) {
                    bomb(stream, zeros);
                }
            } else {
                try (var stream = new GZIPOutputStream(out)) {
                    bomb(stream, zeros);
                }
            }
            fails(out.toByteArray(), limited(10), "the limit of 10 bytes for each packed one (--max-ratio)");
        }
    }

    /// A database's empty tablespace is no bomb: five packed megabytes are never too few.
    @Test
    void aFileOfZerosAtTheFrontOfALayerIsNoBomb() throws IOException {
        var tar = tar().file("zeros", new byte[40 << 20])
                .file("text", random(100_000))
                .end();

        assertThat(read(ImageBytes.gzipped(tar), limited(10)).found().contents).containsOnlyKeys("zeros", "text");
    }

    private static void bomb(OutputStream stream, byte[] zeros) throws IOException {
        stream.write(tar().header(new Header("bomb", '0').base256(124, 12, 80L << 20))
                .bytes());
        for (var i = 0; i < 80; i++) {
            stream.write(zeros);
        }
        stream.write(new byte[1024]);
    }

    private static ImageLimits limited(int ratio) {
        return new ImageLimits(1 << 20, 10, 1000, 1L << 40, ratio, 4096, 8, 1 << 20);
    }

    @Test
    void millionsOfEntriesEndAtTheLimitInLittleMemory() throws IOException {
        var path = temporary.resolve("many");
        var block = tar().header(new Header("same", '0')).bytes();
        var many = new byte[block.length * 2000];
        for (var i = 0; i < 2000; i++) {
            System.arraycopy(block, 0, many, i * block.length, block.length);
        }
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(path))) {
            for (var i = 0; i < 150; i++) {
                gzip.write(many);
            }
        }
        var size = Files.size(path);
        var blob = new Blob(
                new LayerDescriptor(0, Digest.sha256("0".repeat(64)), Optional.empty(), "", size),
                new BlobContent.FileRange(path, 0, size),
                Optional.empty(),
                false);

        assertThatThrownBy(
                        () -> Layers.read(List.of(blob), _ -> new Counting(), options(limits(299_999, 1L << 40, 4096))))
                .hasMessageContaining("--max-layer-entries");
        assertThat(Layers.read(List.of(blob), _ -> new Counting(), options(limits(300_000, 1L << 40, 4096)))
                        .getFirst()
                        .found())
                .isEqualTo(300_000);
    }

    @Test
    void problemsAreCountedButNotKeptWithoutEnd() throws IOException {
        var tar = tar();
        for (var i = 0; i < LayerWalk.MAX_PROBLEMS + 5; i++) {
            tar.file("../x", "");
        }
        var problems = read(tar.end()).found().problems;

        assertThat(problems).hasSize(LayerWalk.MAX_PROBLEMS + 1);
        assertThat(problems.getLast()).isEqualTo(": 5 more entries with problems");
    }

    @Test
    void ofSeveralBrokenLayersTheLowestIsTold() {
        List<Blob> blobs = new ArrayList<>(List.of(blob(0, tar().file("a", "x").end(), Optional.empty())));
        for (var i = 1; i < 6; i++) {
            blobs.add(blob(i, ImageBytes.bytes("broken".repeat(100 * i)), Optional.empty()));
        }
        for (var round = 0; round < 20; round++) {
            assertThatThrownBy(() -> Layers.read(blobs, _ -> new Seen(), options(ImageLimits.DEFAULTS)))
                    .hasMessageStartingWith("layer 2 ");
        }
    }

    @Test
    void whatIsReadOfSparseFilesIsLimitedOnBothSides() throws IOException {
        var tar = tar().pax('x', "GNU.sparse.size", "70000", "GNU.sparse.map", "0,1")
                .file("a", "x")
                .pax('x', "GNU.sparse.size", "30000", "GNU.sparse.map", "0,1")
                .file("b", "x")
                .end();

        assertThat(walked(tar, 100_000, new Discarding()).entries()).isEqualTo(2);
        for (var visitor : List.of(new Discarding(), new Skipping())) {
            assertThatThrownBy(() -> walked(tar, 99_999, visitor))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining(
                            "the sparse files in all layers together were read for more than the limit of 99999 bytes (--max-sparse-bytes)");
        }
    }

    private static LayerWalk<String> walked(byte[] tar, long maxSparseBytes, LayerVisitor<String> visitor)
            throws IOException {
        var guard = new ReadGuard(
                        Duration.ofMinutes(5), new ImageLimits.Work(1 << 20, 10, 10, 10, 1 << 20, maxSparseBytes))
                .forLayer(0, "layer 1");
        var walk = new LayerWalk<>(visitor, ImageLimits.DEFAULTS, guard);
        var chunks = List.of(ByteBuffer.wrap(tar)).iterator();
        walk.walk(new ChunkTarInput(() -> chunks.hasNext() ? chunks.next() : null));
        return walk;
    }

    @Test
    void theTimeIsLimitedEvenWithinAHoleWithoutEnd() {
        var tar = tar().pax('x', "GNU.sparse.size", "8000000000000000000", "GNU.sparse.map", "0,1")
                .file("a", "x")
                .end();
        var options = new ReadOptions(1, false, Duration.ofMillis(200), ImageLimits.DEFAULTS, (_, _, _) -> {});

        assertThatThrownBy(() -> Layers.read(List.of(blob(0, tar, Optional.empty())), _ -> new Discarding(), options))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("--timeout");
    }

    @Test
    void anInterruptEndsTheReading() throws Exception {
        var tar = tar().pax('x', "GNU.sparse.size", "8000000000000000000", "GNU.sparse.map", "0,1")
                .file("a", "x")
                .end();
        List<String> failures = new ArrayList<>();
        var reader = Thread.ofPlatform().start(() -> {
            try {
                Layers.read(
                        List.of(blob(0, tar, Optional.empty())), _ -> new Discarding(), options(ImageLimits.DEFAULTS));
            } catch (IOException e) {
                failures.add(e.getMessage() + " " + Thread.currentThread().isInterrupted());
            }
        });
        Thread.sleep(200);
        reader.interrupt();
        reader.join();

        assertThat(failures).containsExactly("the reading of the layers was interrupted true");
    }

    @Test
    void aVisitorsOwnMistakeComesThrough() {
        LayerVisitor<String> broken = new LayerVisitor<>() {
            @Override
            public void visit(LayerEntry entry, InputStream content) {
                throw new IllegalStateException("mine");
            }

            @Override
            public String finish() {
                return "";
            }
        };
        assertThatThrownBy(() -> Layers.read(
                        List.of(blob(0, tar().file("a", "").end(), Optional.empty())),
                        _ -> broken,
                        options(ImageLimits.DEFAULTS)))
                .isInstanceOf(IllegalStateException.class);
    }

    /// Whatever bytes come: a result or an ImageException.
    @Test
    void mutatedLayersGiveAResultOrAClearError() {
        var random = new Random(7);
        var tar = tar().about('L', "long/name\0")
                .file("a", "content")
                .pax('x', "path", "p", "GNU.sparse.map", "0,3", "GNU.sparse.size", "9")
                .file("s", "abc")
                .symbolicLink("l", "a")
                .hardLink("h", "a")
                .file(".wh.x", "")
                .end();
        for (var seed : List.of(tar, ImageBytes.gzipped(tar), Zstd.compress(tar))) {
            for (var round = 0; round < 1500; round++) {
                var bytes = seed.clone();
                for (var changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                sealHeaders(bytes, seed == tar && round % 2 == 0);
                try {
                    assertThat(read(bytes).entries()).isNotNegative();
                } catch (IOException e) {
                    assertThat(e).isInstanceOf(ImageException.class);
                }
            }
        }
    }

    /// Makes check sums right again, so that mutations get further than to them.
    private static void sealHeaders(byte[] tar, boolean wanted) {
        for (var at = 0; wanted && at + 512 <= tar.length; at += 512) {
            if (tar[at + 257] == 'u') {
                Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
                var sum = 0;
                for (var i = at; i < at + 512; i++) {
                    sum += tar[i] & 0xff;
                }
                System.arraycopy(ImageBytes.bytes(String.format(Locale.ROOT, "%06o\0 ", sum)), 0, tar, at + 148, 8);
            }
        }
    }

    private void fails(byte[] bytes, String message) {
        fails(bytes, ImageLimits.DEFAULTS, message);
    }

    private void fails(byte[] bytes, ImageLimits limits, String message) {
        assertThatThrownBy(() -> read(bytes, limits))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining(message);
    }

    private LayerResult<Seen> read(byte[] bytes) throws IOException {
        return read(bytes, ImageLimits.DEFAULTS);
    }

    private LayerResult<Seen> read(byte[] bytes, ImageLimits limits) throws IOException {
        return Layers.read(List.of(blob(0, bytes, Optional.empty())), _ -> new Seen(), options(limits))
                .getFirst();
    }

    private Blob blob(int index, byte[] bytes, Optional<Digest> diffId) {
        var digest = Digest.sha256(ImageBytes.hex(bytes));
        var layer = new LayerDescriptor(index, digest, diffId, "", bytes.length);
        return new Blob(layer, new BlobContent.FileRange(file(bytes), 0, bytes.length), Optional.of(digest), true);
    }

    private Path file(byte[] bytes) {
        return ImageBytes.write(temporary.resolve("blob" + files++ % 10), bytes);
    }

    private static ReadOptions options(ImageLimits limits) {
        return new ReadOptions(2, false, Duration.ofMinutes(5), limits, (_, _, _) -> {});
    }

    private static ImageLimits limits(int entries, long unpacked, int pathBytes) {
        return new ImageLimits(1 << 20, 10, entries, unpacked, 1000, pathBytes, 8, 1 << 20);
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        var tar = TarBytes.tar();
        for (var part : parts) {
            tar.raw(part);
        }
        return tar.bytes();
    }

    private static final class Counting implements LayerVisitor<Integer> {
        private int count;

        @Override
        public void visit(LayerEntry entry, InputStream content) {
            count++;
        }

        @Override
        public Integer finish() {
            return count;
        }
    }

    private static final class Skipping implements LayerVisitor<String> {
        @Override
        public void visit(LayerEntry entry, InputStream content) throws IOException {
            content.skipNBytes(entry.size());
        }

        @Override
        public String finish() {
            return "";
        }
    }

    private static final class Discarding implements LayerVisitor<String> {
        @Override
        public void visit(LayerEntry entry, InputStream content) throws IOException {
            content.transferTo(OutputStream.nullOutputStream());
        }

        @Override
        public String finish() {
            return "";
        }
    }
}
