package dev.plimsoll.cli.hostile;

import static dev.plimsoll.cli.hostile.HostileCase.lawful;
import static dev.plimsoll.cli.hostile.HostileCase.unknown;
import static dev.plimsoll.image.TarBytes.tar;

import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.TarBytes.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Names that lead out, hide or cannot be names.
final class PathCases {

    private PathCases() {}

    static List<HostileCase> all() {
        return List.of(
                unknown("path: ..", layer(tar().file("../../etc/evil", "x")), "\"..\" in a name"),
                unknown("path: .. in the middle", layer(tar().file("a/../b", "x")), "\"..\" in a name"),
                lawful("path: absolute", layer(tar().file("/etc/evil", "x")), "etc/evil"),
                unknown("path: absolute with ..", layer(tar().file("/../etc/evil", "x")), "\"..\" in a name"),
                unknown("path: NUL", layer(tar().pax('x', "path", "a\0b").file("c", "x")), "a zero byte in a name"),
                unknown("path: control characters", layer(tar().file("a\u001b[2Jb\u0007", "x")), "control characters"),
                unknown("path: invalid UTF-8", layer(raw("bad\u00ff\u00fe")), "a name is not UTF-8"),
                unknown("path: an overlong slash", layer(raw("a\u00c0\u00afb")), "a name is not UTF-8"),
                unknown(
                        "path: 65,536 bytes",
                        layer(tar().about('L', "n".repeat(65_536)).file("short", "x")),
                        "a name of 65536 bytes is over the limit of 4096 (--max-path-bytes)"),
                unknown(
                        "path: 65,536 bytes of folders",
                        layer(tar().about('L', "d/".repeat(32_768)).file("short", "x")),
                        "a name of 65536 bytes is over the limit of 4096 (--max-path-bytes)"),
                lawful(
                        "path: names that differ by case",
                        layer(tar().file("etc/Name", "a").file("etc/name", "b")),
                        "etc/Name",
                        "etc/name"),
                lawful(
                        "path: names that differ by normal form",
                        layer(utf8("e/\u00e9"), utf8("e/e\u0301")),
                        "e/\u00e9",
                        "e/e\u0301"),
                lawful("path: the name .", layer(tar().directory("./").file("./a", "x")), "a"),
                lawful("path: an empty name", layer(tar().directory("").file("a", "x")), "a"),
                lawful("path: a file under a file", layer(tar().file("a", "x").file("a/b", "y")), "a/b"),
                lawful(
                        "path: a file under a file of a lower layer",
                        layer(tar().file("a", "x"), tar().file("a/b", "y")),
                        "a/b"),
                lawful(
                        "path: a file under a link",
                        layer(tar().directory("real/").symbolicLink("l", "real").file("l/b", "y")),
                        "real/b",
                        "!l/b"),
                lawful(
                        "path: a file under a link of a lower layer",
                        layer(tar().directory("real/").symbolicLink("l", "real"), tar().file("l/b", "y")),
                        "l/b",
                        "!real/b"),
                lawful(
                        "path: a file under a link that leads out",
                        layer(tar().symbolicLink("l", "../../..").file("l/b", "y")),
                        "b"),
                unknown("path: a whiteout of ..", layer(tar().file("d/.wh...", "")), "a whiteout that names no file"),
                unknown("path: a whiteout of .", layer(tar().file(".wh..", "")), "a whiteout that names no file"),
                unknown("path: a whiteout of the root", layer(tar().file(".wh.", "")), "a whiteout that names no file"),
                lawful(
                        "path: a whiteout of a directory that a link hides",
                        layer(
                                tar().file("d/x", "x").file("e/y", "y"),
                                tar().symbolicLink("d", "e"),
                                tar().file("d/.wh.y", "")),
                        "e/y"),
                lawful(
                        "path: a whiteout of a link to a directory",
                        layer(tar().file("e/y", "y").symbolicLink("d", "e"), tar().file(".wh.d", "")),
                        "e/y",
                        "!d"),
                lawful(
                        "path: a whiteout beside its file",
                        layer(tar().file("d/x", "low"), tar().file("d/x", "high").file("d/.wh.x", "")),
                        "d/x"),
                lawful(
                        "path: an opaque marker after its siblings",
                        layer(
                                tar().file("d/low", "x"),
                                tar().directory("d/").file("d/high", "y").file("d/.wh..wh..opq", "")),
                        "d/high",
                        "!d/low"),
                lawful(
                        "path: an opaque root",
                        layer(
                                tar().file("a", "x"),
                                tar().file(".wh..wh..opq", "").file(OddImage.GOOD, "{\"name\":\"good\",\"version\":\"1\"}")),
                        "!a"));
    }

    private static HostileCase.Generator layer(TarBytes... upper) {
        return (folder, _) -> OddImage.layers(folder, upper);
    }

    /// A file whose name is these bytes, given as Latin-1.
    private static TarBytes raw(String name) {
        return tar().header(new Header(name, '0'));
    }

    private static TarBytes utf8(String name) {
        return raw(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
