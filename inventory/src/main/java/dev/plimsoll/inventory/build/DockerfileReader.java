package dev.plimsoll.inventory.build;

import dev.plimsoll.inventory.build.HereDocumentMarks.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads a Dockerfile's text.
///
/// Source: Docker documentation, "Dockerfile reference", sections "Format", "Parser directives", "Escape",
/// "Here-Documents"; where that leaves room, what BuildKit's Dockerfile frontend does. Variables are not replaced. What
/// is no instruction is kept under its first word; what a builder would refuse (a here-document without end) is read as
/// far as it goes.
public final class DockerfileReader {

    /// Characters of the text.
    public static final int MAX_LENGTH = 1 << 20;
    /// Instructions; the longest real ones have a few hundred.
    public static final int MAX_INSTRUCTIONS = 10_000;

    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([A-Za-z][A-Za-z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final Set<String> DIRECTIVES = Set.of("syntax", "escape", "check");
    private static final Set<String> WITH_DOCUMENTS = Set.of("RUN", "COPY", "ADD");

    private final List<String> lines;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, String> directives = new TreeMap<>();
    private char escape = '\\';
    private int next;
    private int stage = -1;

    private DockerfileReader(List<String> lines) {
        this.lines = lines;
    }

    /// What became of a text.
    public sealed interface Reading {}

    public record Understood(Dockerfile dockerfile) implements Reading {}

    /// @param reason names the limit
    public record Refused(String reason) implements Reading {}

    public static Reading read(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Refused("the Dockerfile is over " + MAX_LENGTH + " characters long");
        }
        // Windows editors put a byte order mark in front
        var reader = new DockerfileReader(lines(text.startsWith("\uFEFF") ? text.substring(1) : text));
        reader.directives();
        while (reader.next < reader.lines.size()) {
            reader.instruction();
            if (reader.instructions.size() > MAX_INSTRUCTIONS) {
                return new Refused("the Dockerfile has over " + MAX_INSTRUCTIONS + " instructions");
            }
        }
        return new Understood(new Dockerfile(true, reader.instructions, reader.directives));
    }

    /// Lines end with a line feed only; carriage returns before it belong to the end.
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        for (var from = 0; from < text.length(); ) {
            var feed = text.indexOf('\n', from);
            var end = feed < 0 ? text.length() : feed;
            var to = end;
            while (to > from && text.charAt(to - 1) == '\r') {
                to--;
            }
            lines.add(text.substring(from, to));
            from = end + 1;
        }
        return lines;
    }

    /// Directives stand above everything else; the first line that is none ends them. Of two of one name, which a
    /// builder refuses, the first counts.
    private void directives() {
        while (next < lines.size()) {
            var matcher = DIRECTIVE.matcher(CommandWords.stripFront(lines.get(next)));
            if (!matcher.matches() || !DIRECTIVES.contains(matcher.group(1).toLowerCase(Locale.ROOT))) {
                return;
            }
            var name = matcher.group(1).toLowerCase(Locale.ROOT);
            var value = matcher.group(2);
            if (directives.putIfAbsent(name, value) == null
                    && name.equals("escape")
                    && (value.equals("`") || value.equals("\\"))) {
                escape = value.charAt(0);
            }
            next++;
        }
    }

    private void instruction() {
        var joined = new StringBuilder();
        var trimmed = new StringBuilder();
        var first = next + 1;
        var isFirst = true;
        var goesOn = true;
        while (goesOn && next < lines.size()) {
            var line = lines.get(next++);
            var stripped = CommandWords.strip(line);
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                if (isFirst) {
                    return;
                }
                continue; // also within a continued instruction builders drop both
            }
            var end = continuation(line);
            goesOn = end >= 0;
            var part = goesOn ? line.substring(0, end) : line;
            joined.append(isFirst ? CommandWords.stripFront(part) : part);
            trimmed.append(goesOn ? stripped.substring(0, stripped.length() - 1) : stripped);
            isFirst = false;
        }
        var words = CommandWords.keywordAndRest(joined.toString());
        if (words.keyword().isEmpty()) {
            return;
        }
        if (words.keyword().equals("FROM")) {
            stage++;
        }
        var arguments = CommandWords.keywordAndRest(trimmed.toString()).rest();
        var known = new Instruction(words.keyword(), arguments, words.rest(), List.of(), first, next, stage, escape);
        var documents = documents(known);
        instructions.add(
                new Instruction(words.keyword(), arguments, words.rest(), documents, first, next, stage, escape));
    }

    /// Where the escape character stands that continues a line; -1 where none does. It is the last sign but blanks, and
    /// none of its kind stands before it.
    private int continuation(String line) {
        var end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        var isEscape = end > 0 && line.charAt(end - 1) == escape;
        return isEscape && (end == 1 || line.charAt(end - 2) != escape) ? end - 1 : -1;
    }

    private List<HereDocument> documents(Instruction instruction) {
        var governing = instruction.trigger().orElse(instruction);
        if (!WITH_DOCUMENTS.contains(governing.keyword())
                || !instruction.text().contains("<<")
                || governing.listForm().isPresent()) {
            return List.of();
        }
        return HereDocumentMarks.of(instruction.text()).stream()
                .map(this::document)
                .toList();
    }

    private HereDocument document(Mark mark) {
        var content = new ArrayList<String>();
        while (next < lines.size()) {
            var line = lines.get(next++);
            var shown = mark.tabsDropped() ? withoutTabs(line) : line;
            if (shown.equals(mark.name())) {
                break;
            }
            content.add(shown);
        }
        return new HereDocument(mark.name(), !mark.quoted(), content);
    }

    private static String withoutTabs(String line) {
        int from = 0;
        while (from < line.length() && line.charAt(from) == '\t') {
            from++;
        }
        return line.substring(from);
    }
}
