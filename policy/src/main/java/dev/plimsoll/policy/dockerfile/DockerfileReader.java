package dev.plimsoll.policy.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a Dockerfile's text.
///
/// Source: Docker documentation, "Dockerfile reference", sections "Format", "Parser directives", "Here-Documents".
/// Variables
/// are not replaced. What is no instruction is kept under its first word.
public final class DockerfileReader {

    /// Characters of the text.
    public static final int MAX_LENGTH = 1 << 20;
    /// Instructions; the longest real ones have a few hundred.
    public static final int MAX_INSTRUCTIONS = 10_000;

    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([A-Za-z][A-Za-z0-9]*)\\s*=\\s*(.*)");
    private static final Pattern HEREDOC =
            Pattern.compile("(?:^|[\\s;&|(])[0-9]?<<(-?)(['\"]?)([A-Za-z_][A-Za-z0-9_.]*)\\2(?=$|[\\s;&|)>])");

    private final List<String> lines;
    private final List<Instruction> instructions = new ArrayList<>();
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
        var reader = new DockerfileReader(text.lines().toList());
        reader.directives();
        while (reader.next < reader.lines.size()) {
            reader.instruction();
            if (reader.instructions.size() > MAX_INSTRUCTIONS) {
                return new Refused("the Dockerfile has over " + MAX_INSTRUCTIONS + " instructions");
            }
        }
        return new Understood(new Dockerfile(true, reader.instructions));
    }

    /// Directives stand above everything else; the first line that is none ends them.
    private void directives() {
        while (next < lines.size()) {
            var matcher = DIRECTIVE.matcher(withoutMark(lines.get(next)).strip());
            if (!matcher.matches()) {
                return;
            }
            var value = matcher.group(2).strip();
            if (matcher.group(1).toLowerCase(Locale.ROOT).equals("escape")
                    && (value.equals("`") || value.equals("\\"))) {
                escape = value.charAt(0);
            }
            next++;
        }
    }

    private void instruction() {
        var logical = new StringBuilder();
        int first = next + 1;
        boolean goesOn = true;
        while (goesOn && next < lines.size()) {
            var line = withoutMark(lines.get(next)).strip();
            next++;
            if (line.isEmpty() || line.startsWith("#")) {
                // Also within a continued instruction: Docker drops both there.
                if (logical.isEmpty()) {
                    return;
                }
                continue;
            }
            goesOn = line.charAt(line.length() - 1) == escape;
            logical.append(goesOn ? line.substring(0, line.length() - 1) : line);
        }
        var text = logical.toString().strip();
        if (text.isEmpty()) {
            return;
        }
        int space = 0;
        while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
            space++;
        }
        var keyword = text.substring(0, space).toUpperCase(Locale.ROOT);
        var arguments = text.substring(space).strip();
        if (keyword.equals("FROM")) {
            stage++;
        }
        instructions.add(new Instruction(keyword, arguments, hereDocuments(keyword, arguments), first, stage));
    }

    private List<String> hereDocuments(String keyword, String arguments) {
        var words = arguments.split("\\s+", 2);
        var governing = keyword.equals("ONBUILD") ? words[0].toUpperCase(Locale.ROOT) : keyword;
        if (!governing.equals("RUN") && !governing.equals("COPY") && !governing.equals("ADD")) {
            return List.of();
        }
        var content = new ArrayList<String>();
        var matcher = HEREDOC.matcher(arguments);
        while (matcher.find()) {
            boolean tabsDropped = !matcher.group(1).isEmpty();
            var end = matcher.group(3);
            while (next < lines.size()) {
                var line = lines.get(next++);
                var shown = tabsDropped ? withoutTabs(line) : line;
                if (shown.equals(end)) {
                    break;
                }
                content.add(shown);
            }
        }
        return content;
    }

    private static String withoutTabs(String line) {
        int from = 0;
        while (from < line.length() && line.charAt(from) == '\t') {
            from++;
        }
        return line.substring(from);
    }

    /// Windows editors put a byte order mark in front of the first line.
    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
}
