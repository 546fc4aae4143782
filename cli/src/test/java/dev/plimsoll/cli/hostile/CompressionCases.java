package dev.plimsoll.cli.hostile;

import static dev.plimsoll.cli.hostile.HostileCase.lawful;
import static dev.plimsoll.cli.hostile.HostileCase.refused;
import static dev.plimsoll.cli.hostile.HostileCase.unknown;
import static dev.plimsoll.image.TarBytes.tar;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.TarBytes.Header;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Little that unpacks to much, and packed data that are damaged or not what they say.
final class CompressionCases {

    /// What an image of these cases unpacks to at full size.
    private static final long TEN_GIGABYTES = 10L << 30;

    private CompressionCases() {}

    static List<HostileCase> all() {
        return Stream.of(bombs(), archives(), damaged(), odd())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> bombs() {
        return List.of(
                refused(
                                "compression: a gzip bomb",
                                (folder, scale) -> OddImage.blob(
                                        folder,
                                        Packed.joined(Packed.gzip(start(bomb(scale))), Packed.gzipZeros(bomb(scale)))),
                                "layer 2",
                                "--max-ratio")
                        .lowered("--max-ratio", "10"),
                refused(
                                "compression: a gzip bomb just below the ratio",
                                (folder, scale) -> OddImage.blob(
                                        folder,
                                        Packed.joined(
                                                Packed.gzip(start(belowRatio(scale))),
                                                Packed.gzipAlmostZeros(belowRatio(scale)))),
                                "layer 2",
                                "--max-layer-unpacked-bytes")
                        .lowered("--max-layer-unpacked-bytes", "1000000")
                        .atFull(new Ending.Lawful(List.of("zeros"))),
                refused(
                                "compression: a zstd bomb",
                                (folder, scale) -> OddImage.blob(
                                        folder,
                                        Packed.joined(Packed.zstd(start(bomb(scale))), Packed.zstdZeros(bomb(scale)))),
                                "layer 2",
                                "--max-ratio")
                        .lowered("--max-ratio", "10"),
                refused(
                        "compression: an xz bomb",
                        (folder, _) -> OddImage.blob(folder, HexFormat.of().parseHex("fd377a585a000004e6d6b446")),
                        "layer 2",
                        "is packed with xz; read are gzip, zstd and plain tar"),
                refused(
                        "compression: bzip2",
                        (folder, _) -> OddImage.blob(folder, ImageBytes.bytes("BZh91AY&SY")),
                        "layer 2",
                        "is packed with bzip2; read are gzip, zstd and plain tar"),
                lawful(
                        "compression: half a million empty gzip members",
                        (folder, scale) -> OddImage.blob(
                                folder,
                                Packed.joined(
                                        Packed.repeated(Packed.gzip(new byte[0]), scale == Scale.FULL ? 500_000 : 5000),
                                        Packed.gzip(tar().file("a", "x").end()))),
                        "a"),
                lawful(
                        "compression: half a million empty zstd frames",
                        (folder, scale) -> OddImage.blob(
                                folder,
                                Packed.joined(
                                        Packed.repeated(Packed.zstd(new byte[0]), scale == Scale.FULL ? 500_000 : 5000),
                                        Packed.zstd(tar().file("a", "x").end()))),
                        "a"),
                refused(
                        "compression: zstd with a window of 2 GB",
                        (folder, _) -> OddImage.blob(folder, zstdWindow(21)),
                        "layer 2",
                        "--max-zstd-window-bytes"),
                lawful(
                        "compression: zstd with a window of 128 MiB",
                        (folder, _) -> OddImage.blob(folder, zstdWindow(17))));
    }

    private static long bomb(Scale scale) {
        return scale == Scale.FULL ? TEN_GIGABYTES : 96L << 20;
    }

    /// What ten megabytes may unpack to at most.
    private static long belowRatio(Scale scale) {
        return scale == Scale.FULL ? 2L << 30 : bomb(scale);
    }

    /// The header of a file that is as long as what follows.
    private static byte[] start(long bytes) {
        return tar().header(new Header("zeros", '0').base256(124, 12, bytes)).bytes();
    }

    /// A frame of one block of zeros that asks for a window of 2 to the power of `exponent` KiB.
    ///
    /// Source: RFC 8878, section 3.1.1.1.2, "Window Descriptor".
    private static byte[] zstdWindow(int exponent) {
        var length = 1536;
        var last = 1;
        var runLength = 1;
        var block = last | runLength << 1 | length << 3;
        return new byte[] {
            0x28,
            (byte) 0xb5,
            0x2f,
            (byte) 0xfd,
            0,
            (byte) (exponent << 3),
            (byte) block,
            (byte) (block >> 8),
            (byte) (block >> 16),
            0
        };
    }

    private static List<HostileCase> archives() {
        return List.of(
                unknown(
                        "compression: a jar bomb",
                        (folder, scale) -> OddImage.layers(
                                folder,
                                tar().file(
                                                "app/a.jar",
                                                Packed.zipOfZeros(
                                                        "z", scale == Scale.FULL ? TEN_GIGABYTES : 96 << 20))),
                        "unpacks to over 200 times its size"),
                unknown(
                        "compression: a jar bomb in a jar",
                        (folder, scale) -> OddImage.layers(
                                folder,
                                tar().file(
                                                "app/a.jar",
                                                Packed.zip(
                                                        Packed.zipOfZeros(
                                                                "z", scale == Scale.FULL ? TEN_GIGABYTES : 96 << 20),
                                                        "b.jar",
                                                        "c.jar"))),
                        "unpacks to over 200 times its size"),
                unknown(
                        "compression: jars in jars in jars",
                        (folder, scale) -> {
                            var inner = Packed.zipOfZeros("z", 4 << 20);
                            for (var depth = 0; depth < 8; depth++) {
                                inner = Packed.zip(inner, names(scale == Scale.FULL ? 16 : 2));
                            }
                            return OddImage.layers(folder, tar().file("app/a.jar", inner));
                        },
                        "a.jar"),
                refused(
                                "compression: many jars, each below its limits",
                                (folder, scale) -> {
                                    var bomb = Packed.zipOfZeros("z", 63 << 20);
                                    var tar = tar();
                                    for (var i = 0; i < (scale == Scale.FULL ? 2000 : 4); i++) {
                                        tar.file("app/a" + i + ".jar", bomb);
                                    }
                                    return OddImage.layers(folder, tar);
                                },
                                "--max-archives-unpacked-bytes")
                        .lowered("--max-archives-unpacked-bytes", "200000000"));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> i + ".jar").toArray(String[]::new);
    }

    private static List<HostileCase> damaged() {
        var tar = tar().file("a", "text ".repeat(300)).end();
        var gzip = Packed.gzip(tar);
        var zstd = Packed.zstd(tar);
        return List.of(
                refused(
                        "compression: gzip cut",
                        blob(Arrays.copyOf(gzip, gzip.length - 20)),
                        "layer 2",
                        "the packed data end early"),
                refused(
                        "compression: gzip cut in its check sum",
                        blob(Arrays.copyOf(gzip, gzip.length - 3)),
                        "the packed data end early"),
                refused(
                        "compression: zstd cut",
                        blob(Arrays.copyOf(zstd, zstd.length - 20)),
                        "layer 2",
                        "the packed data end early"),
                refused(
                        "compression: gzip with garbage behind it",
                        blob(Packed.joined(gzip, ImageBytes.bytes("garbage"))),
                        "something that is not gzip follows"),
                refused(
                        "compression: zstd with garbage behind it",
                        blob(Packed.joined(zstd, ImageBytes.bytes("garbage"))),
                        "the zstd data are damaged"),
                refused(
                        "compression: gzip with a wrong CRC",
                        blob(flipped(gzip, gzip.length - 8)),
                        "the check sum of a gzip member is wrong"),
                refused(
                        "compression: gzip with a wrong length",
                        blob(flipped(gzip, gzip.length - 4)),
                        "the length of a gzip member is wrong"),
                refused(
                        "compression: zstd with a wrong check sum",
                        blob(flipped(zstd, zstd.length - 1)),
                        "the zstd data are damaged"),
                refused("compression: gzip with damaged data", blob(flipped(gzip, gzip.length / 2)), "layer 2"),
                refused("compression: gzip with an unknown method", blob(flipped(gzip, 2)), "unknown method"));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var other = bytes.clone();
        other[at] ^= 0x55;
        return other;
    }

    private static List<HostileCase> odd() {
        var tar = tar().file("a", "text ".repeat(300)).end();
        var half = tar.length / 2;
        var front = Arrays.copyOf(tar, half);
        var back = Arrays.copyOfRange(tar, half, tar.length);
        return List.of(
                lawful(
                        "compression: several gzip members",
                        blob(Packed.joined(Packed.gzip(front), Packed.gzip(back))),
                        "a"),
                lawful(
                        "compression: several zstd frames",
                        blob(Packed.joined(Packed.zstd(front), Packed.zstd(back))),
                        "a"),
                lawful(
                        "compression: zstd with a frame of foreign data",
                        blob(Packed.joined(HexFormat.of().parseHex("502a4d1803000000616263"), Packed.zstd(tar))),
                        "a"),
                lawful(
                        "compression: gzip with zeros behind it",
                        blob(Packed.joined(Packed.gzip(tar), new byte[700])),
                        "a"),
                mediaType("gzip that is called zstd", Packed.gzip(tar), "tar+zstd"),
                mediaType("gzip that is called plain", Packed.gzip(tar), "tar"),
                mediaType("zstd that is called gzip", Packed.zstd(tar), "tar+gzip"),
                mediaType("a plain tar that is called gzip", tar, "tar+gzip"),
                lawful(
                        "compression: a media type that nobody knows",
                        (folder, _) -> OddImage.layout(
                                folder,
                                ImageBytes.image()
                                        .plain(OddImage.good())
                                        .layer(tar, Packed.gzip(tar))
                                        .mediaType("x/y")
                                        .layout()),
                        "a"));
    }

    private static HostileCase mediaType(String name, byte[] blob, String type) {
        return lawful(
                "compression: " + name,
                (folder, _) -> OddImage.layout(
                        folder,
                        ImageBytes.image()
                                .plain(OddImage.good())
                                .layer(blob, blob)
                                .mediaType("application/vnd.oci.image.layer.v1." + type)
                                .layout()),
                "a");
    }

    private static HostileCase.Generator blob(byte[] blob) {
        return (folder, _) -> OddImage.blob(folder, blob);
    }
}
