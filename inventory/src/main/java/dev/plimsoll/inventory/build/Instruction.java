package dev.plimsoll.inventory.build;

import java.util.List;
import java.util.Optional;

/// One instruction of a Dockerfile.
///
/// @param keyword upper case
/// @param arguments what follows the keyword, continued lines joined as Anchore joins them: each trimmed, without the
///     escape character, nothing put between
/// @param text the same as BuildKit joins the lines: blanks at the front of continued ones kept; what follows the
///     keyword is what a builder sees
/// @param documents its here-documents
/// @param line where it begins, counted from 1; 0 where it was told from an image
/// @param lastLine where it ends, its here-documents included; 0 where it was told from an image
/// @param stage index of its build stage; -1 before the first FROM
/// @param escape the escape character of its Dockerfile
public record Instruction(
        String keyword,
        String arguments,
        String text,
        List<HereDocument> documents,
        int line,
        int lastLine,
        int stage,
        char escape) {

    public Instruction {
        documents = List.copyOf(documents);
    }

    /// Lines of its here-documents.
    public List<String> content() {
        return documents.stream().flatMap(document -> document.lines().stream()).toList();
    }

    /// Its flags, `--from=build`, without quotes.
    public List<String> flags() {
        return CommandWords.of(text, escape).flags();
    }

    /// The value of the flag of that name, `from`; empty where it is not given or has none.
    public Optional<String> flag(String name) {
        var start = "--" + name + "=";
        return flags().stream()
                .filter(flag -> flag.startsWith(start))
                .map(flag -> flag.substring(start.length()))
                .findFirst();
    }

    /// What follows keyword and flags.
    public String operands() {
        return CommandWords.of(text, escape).operands();
    }

    /// Its words where they stand as a JSON list of strings (`CMD ["sh", "-c"]`): no shell takes part then.
    public Optional<List<String>> listForm() {
        return CommandWords.list(operands());
    }

    /// What an ONBUILD puts off; empty for other instructions.
    public Optional<Instruction> trigger() {
        if (!keyword.equals("ONBUILD")) {
            return Optional.empty();
        }
        var words = CommandWords.keywordAndRest(operands());
        var joined = CommandWords.keywordAndRest(arguments);
        return words.keyword().isEmpty()
                ? Optional.empty()
                : Optional.of(new Instruction(
                        words.keyword(), joined.rest(), words.rest(), documents, line, lastLine, stage, escape));
    }
}
