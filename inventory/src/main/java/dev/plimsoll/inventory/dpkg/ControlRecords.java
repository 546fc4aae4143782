package dev.plimsoll.inventory.dpkg;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads the records of a control file: fields of a name, a colon and a value, which may go on in indented lines;
/// empty lines between records.
///
/// Source: deb-control(5); Debian Policy 5.1. Not safe for several threads.
final class ControlRecords {

    /// In bytes; descriptions and lists of dependencies run to some ten thousand.
    static final int MAX_LINE = 1 << 20;

    /// In lines of one field; kernels and the like have some hundred configuration files.
    static final int MAX_CONTINUED = 50_000;

    private final LineReader lines;
    private final Set<String> fields;
    private final Set<String> continued;
    private final FactSink facts;

    /// One record.
    ///
    /// @param line its first, from 1
    /// @param fields the first lines of those that were asked for, by name in lower case, stripped
    /// @param continued the indented lines of those that were asked for, stripped
    record ControlRecord(int line, Map<String, String> fields, Map<String, List<String>> continued) {

        /// The first line of a field, empty where there is none.
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /// Takes one record.
    @FunctionalInterface
    interface Taker {
        /// @return whether more can be taken
        boolean accept(ControlRecord found);
    }

    /// @param fields names in lower case of the fields whose first line is wanted
    /// @param continued those of which the indented lines are wanted as well
    /// @param facts lines that are no part of a record become unknowns there
    ControlRecords(InputStream content, Set<String> fields, Set<String> continued, FactSink facts) {
        this.lines = new LineReader(content, MAX_LINE);
        this.fields = fields;
        this.continued = continued;
        this.facts = facts;
    }

    /// Hands over every record; the last may lack its empty line.
    void forEach(Taker taker) throws IOException {
        var record = new ControlRecord(0, new TreeMap<>(), new TreeMap<>());
        var field = "";
        while (true) {
            switch (lines.next()) {
                case Line.Text(var _, var text)
                when text.isBlank() -> {
                    if (record.line != 0 && !taker.accept(record)) {
                        return;
                    }
                    record = new ControlRecord(0, new TreeMap<>(), new TreeMap<>());
                    field = "";
                }
                case Line.Text(var number, var text) -> {
                    if (record.line == 0) {
                        record = new ControlRecord(number, record.fields, record.continued);
                    }
                    field = accept(record, field, number, text);
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    if (record.line != 0) {
                        taker.accept(record);
                    }
                    return;
                }
            }
        }
    }

    /// @return the field that indented lines go on with
    private String accept(ControlRecord record, String field, int number, String text) {
        if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
            if (continued.contains(field)) {
                var all = record.continued.computeIfAbsent(field, _ -> new ArrayList<>());
                if (all.size() == MAX_CONTINUED) {
                    facts.unknown("line " + number, "a field of over " + MAX_CONTINUED + " lines");
                    return "";
                }
                all.add(text.strip());
            }
            return field;
        }
        var colon = text.indexOf(':');
        if (colon <= 0) {
            facts.unknown("line " + number, "not a field of a package's record");
            return "";
        }
        var name = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (fields.contains(name)) {
            record.fields.put(name, text.substring(colon + 1).strip());
        }
        return name;
    }
}
