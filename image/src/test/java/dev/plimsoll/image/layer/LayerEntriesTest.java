package dev.plimsoll.image.layer;

import static dev.plimsoll.image.TarBytes.tar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ImageBytes;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.TarBytes.Header;
import dev.plimsoll.image.tree.FileTree;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the entries of a layer say.
@Timeout(120)
class LayerEntriesTest extends LayerFixture {

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
    void problemsAreCountedButNotKeptWithoutEnd() throws IOException {
        var tar = tar();
        for (var i = 0; i < LayerWalk.MAX_PROBLEMS + 5; i++) {
            tar.file("../x", "");
        }
        var problems = read(tar.end()).found().problems;

        assertThat(problems).hasSize(LayerWalk.MAX_PROBLEMS + 1);
        assertThat(problems.getLast()).isEqualTo(": 5 more entries with problems");
    }
}
