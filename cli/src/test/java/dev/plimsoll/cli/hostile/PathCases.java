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
                        "d",
                        "e/y"),
                lawful(
                        "path: a whiteout of a link to a directory",
                        layer(tar().file("e/y", "y").symbolicLink("d", "e"), tar().file(".wh.d", "")),
                        "e/y",
                        "!d"),
                lawful(
                        "path: a whiteout beside its file",
                        layer(
                                tar().file("d/x", "low"),
                                tar().file("d/x", "high").file("d/.wh.x", "")),
                        "d/x"),
                lawful(
                        "path: an opaque marker after its siblings",
                        layer(
                                tar().file("d/low", "x"),
                                tar().directory("d/").file("d/high", "y").file("d/.wh..wh..opq", "")),
                        "d/high",
                        "!d/low"),
                unknown(
                        "path: an opaque root",
                        layer(tar().file("a", "x"), tar().file(".wh..wh..opq", "")),
                        "an opaque marker in the root"),
                lawful(
                        "path: a whiteout in a directory that is not there",
                        layer(tar().file("d/.wh.x", "")),
                        "d",
                        "!d/x"),
                lawful("path: a whiteout under a file", layer(tar().file("f", "x"), tar().file("f/.wh.x", "")), "f"),
                lawful(
                        "path: a whiteout before its file",
                        layer(
                                tar().file("d/x", "low"),
                                tar().file("d/.wh.x", "").file("d/x", "high")),
                        "d/x"),
                lawful(
                        "path: a whiteout through a link of its own layer",
                        layer(
                                tar().file("d/x", "x").file("d/y", "y"),
                                tar().directory("d/").symbolicLink("l", "d").file("l/.wh.x", "")),
                        "d/y",
                        "!d/x"),
                lawful(
                        "path: an opaque marker through a link of its own layer",
                        layer(
                                tar().file("d/x", "x"),
                                tar().directory("d/").symbolicLink("l", "d").file("l/.wh..wh..opq", "")),
                        "!d/x"),
                lawful(
                        "path: an opaque marker in a directory that is not there",
                        layer(tar().file("d/.wh..wh..opq", "")),
                        "d"),
                lawful(
                        "path: a file in a directory that its layer does not list",
                        layer(
                                tar().header(new Header("d/", '5').mode(0700).owner(5, 6))
                                        .file("d/x", "x"),
                                tar().file("d/y", "y")),
                        "d/x",
                        "d/y"),
                lawful(
                        "path: a whiteout in a directory that its layer does not list",
                        layer(
                                tar().header(new Header("d/", '5').mode(0700).owner(5, 6))
                                        .file("d/x", "x"),
                                tar().file("d/.wh.x", "")),
                        "d",
                        "!d/x"),
                lawful(
                        "path: a directory that becomes a file and a directory again",
                        layer(tar().file("d/x", "x"), tar().file("d", "y"), tar().file("d/z", "z")),
                        "d/z",
                        "!d/x"),
                lawful(
                        "path: a link that becomes a directory",
                        layer(
                                tar().file("e/y", "y").symbolicLink("d", "e"),
                                tar().directory("d/").file("d/z", "z")),
                        "d/z",
                        "e/y",
                        "!e/z"),
                lawful(
                        "path: a directory that becomes a link",
                        layer(tar().file("d/x", "x").file("e/y", "y"), tar().symbolicLink("d", "e")),
                        "d",
                        "e/y",
                        "!d/x"),
                lawful(
                        "path: a whiteout that is a directory",
                        layer(tar().file("d/x", "x"), tar().directory("d/.wh.x/")),
                        "!d/x"),
                lawful(
                        "path: files of aufs",
                        layer(tar().directory(".wh..wh.plnk/")
                                .file(".wh..wh.plnk/1.2", "x")
                                .file(".wh..wh.aufs", "")
                                .file("a", "x")),
                        "a",
                        ".wh..wh.plnk/1.2"),
                lawful("path: a file with a slash behind it", layer(tar().file("a/", "text")), "a"),
                lawful(
                        "path: a directory twice with other modes",
                        layer(tar().directory("d/").file("d/x", "x").header(new Header("d/", '5').mode(0700))),
                        "d/x"),
                unknown(
                        "path: an opaque directory as overlayfs marks it",
                        layer(
                                tar().file("d/low", "x"),
                                tar().pax('x', "SCHILY.xattr.trusted.overlay.opaque", "y")
                                        .directory("d/")),
                        "extended attributes of overlayfs"));
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
