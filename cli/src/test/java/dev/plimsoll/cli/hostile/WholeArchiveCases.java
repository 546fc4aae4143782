package dev.plimsoll.cli.hostile;

import static dev.plimsoll.cli.hostile.HostileCase.lawful;
import static dev.plimsoll.cli.hostile.HostileCase.refused;

import dev.plimsoll.image.ImageBytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Archives that are packed as a whole or come on standard input, so that they go through a temporary file.
final class WholeArchiveCases {

    private static final byte[] ARCHIVE = TarCases.archive().end();

    private WholeArchiveCases() {}

    static List<HostileCase> all() {
        return List.of(
                lawful("archive: packed with gzip", packed(Packed.gzip(ARCHIVE)), OddImage.GOOD),
                lawful("archive: packed with zstd", packed(Packed.zstd(ARCHIVE)), OddImage.GOOD),
                refused(
                        "archive: packed with gzip and cut",
                        packed(half(Packed.gzip(ARCHIVE))),
                        "image.tar",
                        "the packed data end early"),
                refused(
                        "archive: packed with zstd and cut",
                        packed(half(Packed.zstd(ARCHIVE))),
                        "image.tar",
                        "the packed data end early"),
                refused("archive: packed twice", packed(Packed.gzip(Packed.gzip(ARCHIVE))), "image.tar"),
                refused(
                        "archive: packed with xz",
                        packed(HexFormat.of().parseHex("fd377a585a000004e6d6b446")),
                        "image.tar",
                        "xz"),
                refused(
                                "archive: a gzip bomb",
                                (folder, scale) -> OddImage.archive(folder, Packed.gzipZeros(bomb(scale))),
                                "image.tar",
                                "--max-ratio")
                        .lowered("--max-ratio", "10"),
                refused(
                                "archive: a zstd bomb",
                                (folder, scale) -> OddImage.archive(folder, Packed.zstdZeros(bomb(scale))),
                                "image.tar",
                                "--max-ratio")
                        .lowered("--max-ratio", "10"),
                refused(
                                "archive: over the limit of the temporary file",
                                packed(Packed.gzip(ARCHIVE)),
                                "image.tar",
                                "--max-spool-bytes")
                        .always("--max-spool-bytes", "1000"),
                lawful("standard input: an archive", input(ARCHIVE), OddImage.GOOD),
                lawful("standard input: packed with gzip", input(Packed.gzip(ARCHIVE)), OddImage.GOOD),
                refused("standard input: cut", input(half(ARCHIVE)), "standard input", "the archive ends within"),
                refused(
                        "standard input: packed and cut",
                        input(half(Packed.gzip(ARCHIVE))),
                        "the packed data end early"),
                refused("standard input: nothing", input(new byte[0]), "standard input is empty"),
                refused(
                        "standard input: no archive",
                        input(ImageBytes.bytes("text".repeat(500))),
                        "standard input",
                        "not a tar"),
                refused(
                                "standard input: a gzip bomb",
                                (folder, scale) -> {
                                    ImageBytes.write(
                                            folder.resolve(HostileCase.STANDARD_INPUT), Packed.gzipZeros(bomb(scale)));
                                    return "-";
                                },
                                "--max-ratio")
                        .lowered("--max-ratio", "10"),
                refused("standard input: over the limit of the temporary file", input(ARCHIVE), "--max-spool-bytes")
                        .always("--max-spool-bytes", "1000"));
    }

    private static long bomb(Scale scale) {
        return scale == Scale.FULL ? 10L << 30 : 96L << 20;
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static HostileCase.Generator packed(byte[] bytes) {
        return (folder, _) -> OddImage.archive(folder, bytes);
    }

    private static HostileCase.Generator input(byte[] bytes) {
        return (folder, _) -> {
            ImageBytes.write(folder.resolve(HostileCase.STANDARD_INPUT), bytes);
            return "-";
        };
    }
}
