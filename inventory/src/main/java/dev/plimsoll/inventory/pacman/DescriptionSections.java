package dev.plimsoll.inventory.pacman;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sections of a file of libalpm's: `%NAME%`, then lines, then an empty line.
///
/// Source: libalpm, `lib/libalpm/be_local.c`.
final class DescriptionSections {

    /// In bytes; Linux's PATH_MAX, twice.
    static final int MAX_LINE = 8 << 10;

    /// In lines; the largest packages have some ten thousand files.
    static final int MAX_LINES = 500_000;

    private final Map<String, List<String>> sections = new HashMap<>();

    private DescriptionSections() {}

    static DescriptionSections read(InputStream content, FactSink facts) throws IOException {
        var read = new DescriptionSections();
        var lines = new LineReader(content, MAX_LINE);
        List<String> section = new ArrayList<>();
        var count = 0;
        while (true) {
            switch (lines.next()) {
                case Line.Text(var number, var text) -> {
                    if (count++ == MAX_LINES) {
                        facts.unknown("line " + number, "over " + MAX_LINES + " lines; the rest was not read");
                        return read;
                    }
                    if (text.length() > 2 && text.startsWith("%") && text.endsWith("%")) {
                        section = read.sections.computeIfAbsent(
                                text.substring(1, text.length() - 1), _ -> new ArrayList<>());
                    } else if (!text.isBlank()) {
                        section.add(text);
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    return read;
                }
            }
        }
    }

    /// The lines of a section, none where there is no such section.
    List<String> lines(String name) {
        return sections.getOrDefault(name, List.of());
    }

    /// The first line of a section, empty where there is none.
    String first(String name) {
        var lines = lines(name);
        return lines.isEmpty() ? "" : lines.getFirst().strip();
    }
}
