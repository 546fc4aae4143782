package dev.plimsoll.inventory.portage;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What belongs to an installed package, line by line: `obj PATH MD5 TIME`, `dir PATH`, `sym PATH -> TARGET TIME`, and
/// `fif` and `dev` for pipes and devices.
///
/// Source: portage, `pym/portage/dbapi/vartree.py`, the form of CONTENTS.
final class PortageContents {

    /// In bytes; Linux's PATH_MAX, three times.
    static final int MAX_LINE = 12 << 10;

    /// In lines; sources of kernels have some seventy thousand.
    static final int MAX_LINES = 500_000;

    private static final Pattern OBJECT = Pattern.compile("obj /(.+) ([0-9a-f]{32}) [0-9]+");
    private static final Pattern LINK = Pattern.compile("sym /(.+?) -> .+");
    private static final Pattern OTHER = Pattern.compile("(?:dir|fif|dev) /(.+)");

    private PortageContents() {}

    /// What is claimed of each, with a digest for files alone.
    static List<FileClaim> read(InputStream content, FactSink facts) throws IOException {
        var claims = new ArrayList<FileClaim>();
        var lines = new LineReader(content, MAX_LINE);
        while (true) {
            switch (lines.next()) {
                case Line.Text(var number, var text) -> {
                    if (claims.size() == MAX_LINES) {
                        facts.unknown("line " + number, "over " + MAX_LINES + " paths; the rest was not read");
                        return claims;
                    }
                    accept(number, text, claims, facts);
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    return claims;
                }
            }
        }
    }

    private static void accept(int number, String text, List<FileClaim> claims, FactSink facts) {
        var object = OBJECT.matcher(text);
        if (object.matches()) {
            claims.add(FileClaim.ofDigest(
                    object.group(1), "md5", object.group(2), object.group(1).startsWith("etc/")));
            return;
        }
        for (var pattern : List.of(LINK, OTHER)) {
            var found = pattern.matcher(text);
            if (found.matches()) {
                claims.add(new FileClaim(found.group(1), "", "", OptionalInt.empty(), false, false));
                return;
            }
        }
        if (!text.isBlank()) {
            facts.unknown("line " + number, "not an entry of a package's contents");
        }
    }
}
