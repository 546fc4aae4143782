package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The files of one distribution, as its `RECORD` lists them: a line of comma separated values for each, with path,
/// digest and size. Paths are relative to the folder that the `.dist-info` folder lies in.
///
/// Source: PyPA, "Recording installed projects", "The RECORD file"; RFC 4180 for the quotes. A path with a line break
/// is not understood.
final class InstalledFiles {

    /// In bytes; Linux's PATH_MAX, three times.
    static final int MAX_LINE = 12 << 10;

    /// In lines; the largest distributions have some twenty thousand files.
    static final int MAX_FILES = 200_000;

    private InstalledFiles() {}

    /// What is claimed of each. Compiled modules have no digest and come and go.
    static List<FileClaim> read(LayerFile file, FactSink facts) throws IOException {
        var folder = DistributionFolder.of(file.path());
        var site = folder.contains("/") ? folder.substring(0, folder.lastIndexOf('/')) : "";
        var claims = new ArrayList<FileClaim>();
        var lines = new LineReader(file.content(), MAX_LINE);
        while (true) {
            switch (lines.next()) {
                case Line.Text(var number, var text) -> {
                    if (claims.size() == MAX_FILES) {
                        facts.unknown("line " + number, "over " + MAX_FILES + " files; the rest was not read");
                        return claims;
                    }
                    if (!text.isBlank()) {
                        claim(site, text)
                                .ifPresentOrElse(
                                        claims::add,
                                        () -> facts.unknown("line " + number, "no path, digest and size of a file"));
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    return claims;
                }
            }
        }
    }

    private static Optional<FileClaim> claim(String site, String line) {
        var fields = fields(line);
        if (fields.size() != 3 || fields.getFirst().isEmpty()) {
            return Optional.empty();
        }
        var digest = digest(fields.get(1));
        var path = path(site, fields.getFirst());
        return path.isEmpty() || digest.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileClaim(
                        path.get(),
                        digest.get().isEmpty() ? "" : "sha256",
                        digest.get(),
                        OptionalInt.empty(),
                        false,
                        path.get().endsWith(".pyc")));
    }

    /// In hexadecimal; empty text where there is none or it is of another kind, nothing where it is broken.
    private static Optional<String> digest(String field) {
        if (!field.startsWith("sha256=")) {
            return Optional.of("");
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(field.substring("sha256=".length()));
            return bytes.length == 32 ? Optional.of(HexFormat.of().formatHex(bytes)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Without the leading slash; nothing where it leads out of the image.
    private static Optional<String> path(String site, String recorded) {
        var parts = new ArrayList<String>();
        var whole = recorded.startsWith("/") ? recorded : site + "/" + recorded;
        for (var part : whole.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts)).filter(path -> !path.isEmpty());
    }

    /// The values of a line; quotes may stand around one, and are doubled within.
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (int i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                var doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (doubled) {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
