package dev.plimsoll.cli.hostile;

import static dev.plimsoll.cli.hostile.HostileCase.lawful;
import static dev.plimsoll.cli.hostile.HostileCase.noImage;
import static dev.plimsoll.cli.hostile.HostileCase.refused;
import static dev.plimsoll.cli.hostile.HostileCase.unknown;
import static dev.plimsoll.image.TarBytes.tar;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.TarBytes.Header;
import dev.plimsoll.inventory.golang.ProgramBytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Archives whose headers lie.
final class TarCases {

    private TarCases() {}

    static List<HostileCase> all() {
        return Stream.of(sizes(), pax(), sparse(), ends(), outer())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileCase> sizes() {
        return List.of(
                refused(
                        "tar: a negative size",
                        layer(tar().header(new Header("a", '0').base256(124, 12, -5))),
                        "layer 2",
                        "an entry has a negative size"),
                refused(
                        "tar: a huge size",
                        layer(tar().header(new Header("a", '0').base256(124, 12, Long.MAX_VALUE))),
                        "layer 2",
                        "the archive ends within the content"),
                refused(
                        "tar: a size beyond the end",
                        layer(tar().header(new Header("a", '0').size((8L << 30) - 1))
                                .content(new byte[100])),
                        "layer 2",
                        "the archive ends within the content"),
                lawful(
                        "tar: overlapping sizes",
                        layer(tar().header(new Header("a", '0').size(1536))
                                .content(new byte[512])
                                .file("hidden", "x")
                                .file("b", "y")),
                        "a",
                        "b",
                        "!hidden"),
                refused(
                        "tar: a base-256 number beyond 63 bits",
                        layer(tar().header(new Header("a", '0')
                                .bytes(124, new byte[] {(byte) 0x80, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))),
                        "a base-256 number beyond 63 bits"),
                refused(
                        "tar: a size that is no number",
                        layer(tar().header(new Header("a", '0').text(124, "12x45"))),
                        "not an octal number"),
                refused(
                        "tar: a wrong checksum",
                        layer(tar().file("a", "x").raw(new Header("b", '0').block)),
                        "the checksum of a header is wrong"),
                lawful(
                        "tar: a directory and a link that say they have content",
                        layer(tar().header(new Header("d/", '5').size(512))
                                .header(new Header("l", '2').link("d").size(512))
                                .file("b", "y")),
                        "d",
                        "l",
                        "b"),
                refused(
                        "tar: a layer that is no tar",
                        (folder, _) -> OddImage.blob(folder, new byte[] {'n', 'o'}),
                        "within a header"),
                refused(
                        "tar: a layer of other bytes",
                        (folder, _) -> OddImage.blob(folder, ImageBytes.bytes("x".repeat(5000))),
                        "this is not a tar"),
                lawful("tar: an empty layer", (folder, _) -> OddImage.blob(folder, new byte[0])),
                lawful("tar: one name twice", layer(tar().file("a", "x").file("a", "longer")), "a"));
    }

    private static List<HostileCase> pax() {
        return List.of(
                refused(
                        "tar: pax with a million records",
                        (folder, scale) -> OddImage.layers(
                                folder,
                                tar().about('x', "6 a=b\n".repeat(scale == Scale.FULL ? 1_000_000 : 200_000))
                                        .file("a", "x")),
                        "a long name or pax header of",
                        "over the limit of 1048576"),
                lawful(
                        "tar: pax with as many records as fit",
                        layer(tar().about('x', "6 a=b\n".repeat((1 << 20) / 6)).file("a", "x")),
                        "a"),
                refused(
                        "tar: pax headers without end",
                        (folder, scale) -> {
                            var tar = tar();
                            for (var i = 0; i < (scale == Scale.FULL ? 20_000 : 1_100); i++) {
                                tar.pax('x', "comment", "c");
                            }
                            return OddImage.layers(folder, tar);
                        },
                        "more than 1000 long names and pax headers before an entry"),
                lawful(
                        "tar: pax with a size that disagrees",
                        layer(tar().pax('x', "size", "600")
                                .header(new Header("a", '0').size(3))
                                .content(new byte[600])
                                .file("b", "y")),
                        "a",
                        "b"),
                refused(
                        "tar: pax with a negative size",
                        layer(tar().pax('x', "size", "-1").file("a", "x")),
                        "a pax record holds no number"),
                refused(
                        "tar: pax with a size beyond the end",
                        layer(tar().pax('x', "size", "9223372036854775807").file("a", "x")),
                        "the archive ends within the content"),
                refused(
                        "tar: pax with a record of a wrong length",
                        layer(tar().about('x', "99 a=b\n").file("a", "x")),
                        "a pax record has"),
                unknown(
                        "tar: pax without an entry",
                        layer(tar().pax('x', "path", "a")),
                        "the archive ends where an entry should follow"),
                unknown(
                        "tar: a global pax header that would rename all",
                        layer(tar().pax('g', "path", "etc/passwd").file("a", "x")),
                        "a global pax header"));
    }

    private static List<HostileCase> sparse() {
        return List.of(
                refused(
                        "tar: GNU sparse with a map outside the file",
                        layer(tar().header(sparseHeader(10, 5000, 3)).content(new byte[3])),
                        "a sparse file is shorter than its map says"),
                refused(
                        "tar: GNU sparse with more data than content",
                        layer(tar().header(sparseHeader(5000, 0, 4000)).content(new byte[3])),
                        "less content than its map says"),
                refused(
                        "tar: pax sparse with a map outside the file",
                        layer(tar().pax('x', "GNU.sparse.name", "a", "GNU.sparse.size", "4", "GNU.sparse.map", "100,1")
                                .file("made-up", "x")),
                        "a sparse file is shorter than its map says"),
                refused(
                        "tar: pax sparse with overlapping pieces",
                        layer(tar().pax(
                                        'x',
                                        "GNU.sparse.name",
                                        "a",
                                        "GNU.sparse.size",
                                        "9",
                                        "GNU.sparse.map",
                                        "0,2,1,2")
                                .file("made-up", "xxxx")),
                        "overlap or are out of order"),
                unknown(
                        "tar: an exabyte of hole in the place of a database",
                        layer(holes("var/lib/dpkg/status", 1L << 60)),
                        "the text is over the limit of 268435456 bytes"),
                unknown("tar: an exabyte of hole called a jar", layer(holes("app/a.jar", 1L << 60)), "a.jar"),
                refused(
                                "tar: many gigabytes of holes that somebody reads",
                                (folder, scale) -> {
                                    var tar = tar();
                                    for (var i = 0; i < (scale == Scale.FULL ? 10_000 : 3); i++) {
                                        programOfHoles(tar, "bin/a" + i, 3L << 30);
                                    }
                                    return OddImage.layers(folder, tar);
                                },
                                "sparse files",
                                "--max-sparse-bytes")
                        .lowered("--max-sparse-bytes", "1000000"));
    }

    private static Header sparseHeader(long size, long offset, long length) {
        return new Header("sparse", 'S')
                .bytes(257, ImageBytes.bytes("ustar  \0"))
                .size(3)
                .octal(386, 11, offset)
                .octal(398, 11, length)
                .octal(483, 11, size);
    }

    private static TarBytes holes(String name, long size) {
        return holes(tar(), name, size);
    }

    /// A zip's first bytes, then nothing but hole.
    private static TarBytes holes(TarBytes tar, String name, long size) {
        return tar.pax('x', "GNU.sparse.name", name, "GNU.sparse.size", String.valueOf(size), "GNU.sparse.map", "0,30")
                .file("made-up", Arrays.copyOf(Packed.zipOfZeros("z", 1), 30));
    }

    /// The first bytes of a program, which is searched to its end for what Go leaves in it.
    private static void programOfHoles(TarBytes tar, String name, long size) {
        tar.pax('x', "GNU.sparse.name", name, "GNU.sparse.size", String.valueOf(size), "GNU.sparse.map", "0,4")
                .header(new Header("made-up", '0').mode(0755).size(4))
                .content(ProgramBytes.program(ProgramBytes.ELF).bytes());
    }

    private static List<HostileCase> ends() {
        return List.of(
                lawful(
                        "tar: garbage after the end",
                        (folder, _) -> OddImage.blob(
                                folder,
                                tar().file("a", "x")
                                        .raw(new byte[1024])
                                        .raw(ImageBytes.bytes("garbage".repeat(999)))
                                        .bytes()),
                        "a"),
                lawful(
                        "tar: two end marks",
                        (folder, _) -> OddImage.blob(
                                folder,
                                tar().file("a", "x")
                                        .raw(new byte[1024])
                                        .file("behind", "y")
                                        .end()),
                        "a",
                        "!behind"),
                refused(
                        "tar: a single block of zeros between entries",
                        layer(tar().file("a", "x").raw(new byte[512]).file("behind", "y")),
                        "a single block of zeros stands between entries"),
                lawful(
                        "tar: no end mark",
                        (folder, _) ->
                                OddImage.blob(folder, tar().file("a", "x").bytes()),
                        "a"),
                refused(
                                "tar: one entry a hundred million times",
                                (folder, scale) -> OddImage.blob(folder, manyEntries(scale)),
                                "layer 2",
                                "limit of")
                        .lowered("--max-layer-entries", "10000"),
                refused(
                                "tar: names of 4,096 bytes, a hundred thousand times",
                                (folder, scale) ->
                                        OddImage.blob(folder, manyNames(scale == Scale.FULL ? 100_000 : 400)),
                                "names in all layers together",
                                "--max-names-bytes")
                        .lowered("--max-names-bytes", "1000000"),
                lawful(
                                "tar: deep folders in the worst order",
                                (folder, scale) ->
                                        OddImage.blob(folder, deepFolders(scale == Scale.FULL ? 36_000 : 100)),
                                "d/".repeat(1990) + "a/0")
                        .atFull(new Ending.Refused(
                                List.of("the paths in all layers together lead through more than"))));
    }

    /// Files by turns in two folders, far down: the way to each must be walked anew.
    private static byte[] deepFolders(int count) {
        var tar = tar();
        for (var i = 0; i < count; i++) {
            tar.about('L', "d/".repeat(1990) + (i % 2 == 0 ? "a/" : "b/") + i + "\0")
                    .file("short", "");
        }
        return Packed.gzip(tar.end());
    }

    /// The header of an empty file, two thousand times in one member of gzip, and that member as often as it takes.
    private static byte[] manyEntries(Scale scale) {
        var entries = scale == Scale.FULL ? 100_000_000 : 20_000;
        var header = tar().file("a", "").bytes();
        return Packed.repeated(Packed.gzip(Packed.repeated(header, 2000)), entries / 2000);
    }

    /// Names that share nothing with the ones before, so that each must be kept whole.
    private static byte[] manyNames(int count) {
        return Packed.gzip(IntStream.range(0, count)
                .mapToObj(i -> String.valueOf((char) ('a' + i % 26)).repeat(20) + i + "/" + "n".repeat(4000))
                .collect(
                        TarBytes::tar,
                        (tar, name) -> tar.about('L', name + "\0").file("short", ""),
                        (_, _) -> {})
                .end());
    }

    /// Archives that hold an image, and lie about it.
    private static List<HostileCase> outer() {
        var whole = archive().end();
        var cuts = IntStream.rangeClosed(1, 7)
                .mapToObj(eighth -> refused(
                        "tar: an archive cut at " + eighth + " of 8",
                        (folder, _) ->
                                OddImage.archive(folder, Arrays.copyOf(whole, (whole.length - 1024) * eighth / 8)),
                        "image.tar"));
        return Stream.concat(
                        cuts,
                        Stream.of(
                                refused(
                                                "tar: an archive of a million files",
                                                (folder, scale) -> {
                                                    var tar = archive();
                                                    for (var i = 0; i < (scale == Scale.FULL ? 200_000 : 3000); i++) {
                                                        tar.file("f" + i, "");
                                                    }
                                                    return OddImage.archive(folder, tar.end());
                                                },
                                                "image.tar",
                                                "--max-archive-entries")
                                        .lowered("--max-archive-entries", "1000"),
                                noImage(
                                        "tar: an archive whose layer reaches over its manifest",
                                        (folder, _) -> OddImage.archive(
                                                folder,
                                                tar().header(new Header("layer.tar", '0').size(3 * 512))
                                                        .content(new byte[512])
                                                        .file("manifest.json", "[]")
                                                        .end()),
                                        "it has no manifest.json"),
                                refused(
                                        "tar: an archive with a sparse layer",
                                        (folder, _) -> {
                                            var files = ImageBytes.image()
                                                    .plain(OddImage.good())
                                                    .dockerArchive("a:1");
                                            var tar = tar();
                                            files.forEach((name, content) -> {
                                                if (name.endsWith("layer.tar")) {
                                                    holes(tar, name, 1L << 40);
                                                } else {
                                                    tar.file(name, content);
                                                }
                                            });
                                            return OddImage.archive(folder, tar.end());
                                        },
                                        "is stored as a sparse file"),
                                refused(
                                        "tar: an archive whose layer is a loop of links",
                                        (folder, _) -> {
                                            var files = ImageBytes.image()
                                                    .plain(OddImage.good())
                                                    .dockerArchive("a:1");
                                            var tar = tar();
                                            files.forEach((name, content) -> {
                                                if (name.endsWith("layer.tar")) {
                                                    tar.symbolicLink(name, "layer.tar");
                                                } else {
                                                    tar.file(name, content);
                                                }
                                            });
                                            return OddImage.archive(folder, tar.end());
                                        },
                                        "leads through more than 40 links"),
                                lawful(
                                        "tar: an archive with garbage after its end",
                                        (folder, _) -> OddImage.archive(
                                                folder, Packed.joined(whole, ImageBytes.bytes("garbage".repeat(500)))),
                                        OddImage.GOOD),
                                lawful(
                                        "tar: an archive with two end marks",
                                        (folder, _) -> OddImage.archive(
                                                folder,
                                                Packed.joined(
                                                        whole,
                                                        tar().file("manifest.json", "[]")
                                                                .end())),
                                        OddImage.GOOD)))
                .toList();
    }

    static TarBytes archive() {
        var tar = tar();
        ImageBytes.image().plain(OddImage.good()).dockerArchive("app:1").forEach(tar::file);
        return tar;
    }

    private static HostileCase.Generator layer(TarBytes... upper) {
        return (folder, _) -> OddImage.layers(folder, upper);
    }
}
