package dev.plimsoll.image.layer;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Seen;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Compressed layers, their digests, and what stands behind them.
@Timeout(120)
class PackedLayersTest extends LayerFixture {

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
}
