package dev.plimsoll.cli.hostile;

import static dev.plimsoll.cli.hostile.HostileCase.lawful;
import static dev.plimsoll.cli.hostile.HostileCase.unknown;
import static dev.plimsoll.image.TarBytes.tar;

import dev.plimsoll.image.TarBytes;
import dev.plimsoll.image.TarBytes.Header;
import java.util.List;

/// Links that lead nowhere, out or in circles, and what is neither file nor directory.
final class LinkCases {

    private LinkCases() {}

    static List<HostileCase> all() {
        return List.of(
                unknown(
                        "link: a cycle of 2",
                        layer(cycle(2, "etc/os-release", "usr/lib/os-release")),
                        "its links lead in a loop or nowhere"),
                unknown(
                        "link: a cycle of 40",
                        layer(cycle(40, "etc/os-release")),
                        "its links lead in a loop or nowhere"),
                lawful("link: to itself", layer(tar().symbolicLink("l", "l").file("l/x", "y")), "l/x"),
                unknown(
                        "link: out of the image",
                        layer(tar().symbolicLink("etc/os-release", "../../../../etc/passwd-")),
                        "nowhere"),
                lawful(
                        "link: an absolute one stays inside",
                        layer(tar().file("etc/target", "x").symbolicLink("l", "/etc/target")),
                        "l"),
                lawful("link: without a target", layer(tar().symbolicLink("l", "")), "l"),
                lawful(
                        "link: a hard link to a later entry",
                        layer(tar().hardLink("h", "f").file("f", "text")),
                        "h",
                        "f"),
                lawful(
                        "link: a hard link to a directory",
                        layer(tar().directory("d/").hardLink("h", "d")),
                        "d"),
                unknown(
                        "link: a hard link out of the image",
                        layer(tar().hardLink("h", "../../etc/passwd")),
                        "its link target: \"..\" in a name"),
                lawful("link: a hard link to itself", layer(tar().hardLink("h", "h"))),
                lawful(
                        "link: a hard link to itself over a file",
                        layer(tar().file("h", "x"), tar().hardLink("h", "h")),
                        "h"),
                lawful(
                        "link: a cycle of hard links",
                        layer(tar().hardLink("a", "b").hardLink("b", "a"))),
                lawful(
                        "link: a hard link to a file of a lower layer",
                        layer(tar().file("low", "x"), tar().hardLink("h", "low")),
                        "h"),
                lawful(
                        "link: a hard link through a link",
                        layer(tar().file("d/f", "x").symbolicLink("l", "d").hardLink("h", "l/f")),
                        "h"),
                unknown(
                        "link: a database that is a hard link to what is no database",
                        layer(tar().file("x", "x").hardLink("var/lib/dpkg/status", "x")),
                        "a hard link to /x"),
                lawful(
                        "link: devices",
                        layer(tar().header(new Header("dev/sda", '4').octal(329, 7, 8))
                                .header(new Header("dev/mem", '3')
                                        .octal(329, 7, 1)
                                        .octal(337, 7, 1))),
                        "dev/sda",
                        "dev/mem"),
                lawful(
                        "link: a device in the place of a database",
                        layer(tar().header(new Header("var/lib/dpkg/status", '3')
                                .octal(329, 7, 1)
                                .octal(337, 7, 5))),
                        "var/lib/dpkg/status"),
                lawful(
                        "link: a device that is a whiteout of overlayfs",
                        layer(tar().file("f", "x").file("g", "x"), tar().header(new Header("f", '3'))),
                        "g"),
                lawful(
                        "link: a hard link with another mode than its file",
                        layer(tar().header(new Header("f", '0').mode(0755))
                                .header(new Header("h", '1').link("f").mode(04755))),
                        "h"),
                lawful(
                        "link: a FIFO",
                        layer(tar().header(new Header("var/lib/dpkg/status", '6'))),
                        "var/lib/dpkg/status"),
                unknown(
                        "link: a socket",
                        layer(tar().header(new Header("run/s", 's'))),
                        "an entry of the unknown type 0x73"),
                unknown(
                        "link: an unknown type",
                        layer(tar().header(new Header("x", 'Z'))),
                        "an entry of the unknown type 0x5a"));
    }

    private static HostileCase.Generator layer(TarBytes... upper) {
        return (folder, _) -> OddImage.layers(folder, upper);
    }

    /// Links that lead to each other in a circle, the first ones under these names.
    private static TarBytes cycle(int length, String... names) {
        var tar = tar();
        for (var i = 0; i < length; i++) {
            tar.symbolicLink(name(i, names), "/" + name((i + 1) % length, names));
        }
        return tar;
    }

    private static String name(int index, String... names) {
        return index < names.length ? names[index] : "cycle" + index;
    }
}
