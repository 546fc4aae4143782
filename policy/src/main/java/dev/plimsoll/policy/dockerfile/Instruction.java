package dev.plimsoll.policy.dockerfile;

import java.util.List;

/// One instruction of a Dockerfile.
///
/// @param keyword upper case
/// @param arguments what follows the keyword, continued lines joined as Anchore joins them: each trimmed, without the
/// escape
///     character, nothing put between
/// @param content lines of its here-documents
/// @param line where it begins, counted from 1; 0 where it was told from an image
/// @param stage index of its build stage; -1 before the first FROM
public record Instruction(String keyword, String arguments, List<String> content, int line, int stage) {

    public Instruction {
        content = List.copyOf(content);
    }
}
