package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageException;
import java.util.List;
import java.util.regex.Pattern;

/// What registries' failures mean for a service. Their words are written for the user of a command.
final class RegistryFailures {

    /// By these words the messages tell what no second attempt changes: a limit of ours, named by its option, or a
    /// registry that does not let the account in.
    private static final List<String> LASTING = List.of(
            "(--max-",
            "the registry demands a login",
            "the registry refuses what it asked for itself",
            "does not allow it",
            " refuses (status 40");

    private static final String LOGIN = " (docker login, or --registry-username)";

    private static final Pattern OPTION = Pattern.compile(" \\(--[a-z-]+\\)");

    private RegistryFailures() {}

    /// Whether a second attempt would fail as well.
    static boolean isLasting(ImageException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> true;
            case UNREADABLE -> LASTING.stream().anyMatch(String.valueOf(e.getMessage())::contains);
        };
    }

    /// The sentence without what only the command has.
    static String words(Throwable e) {
        var text = String.valueOf(e.getMessage())
                .replace(LOGIN, "; the account's credentials are set with PUT /api/v1/registries/{registry}");
        return OPTION.matcher(text).replaceAll("");
    }
}
