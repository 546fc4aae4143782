package dev.plimsoll.inventory.build;

import java.util.List;

/// A here-document of a Dockerfile's instruction.
///
/// @param name the word that ends it, without quotes
/// @param expanded whether variables in it are replaced: not where any part of the name is quoted
/// @param lines its lines, tabs at their front gone where it was opened by `<<-`
public record HereDocument(String name, boolean expanded, List<String> lines) {

    public HereDocument {
        lines = List.copyOf(lines);
    }
}
