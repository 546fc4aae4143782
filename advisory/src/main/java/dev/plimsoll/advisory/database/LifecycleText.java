package dev.plimsoll.advisory.database;

import dev.plimsoll.advisory.Lifecycle.Extension;
import java.time.LocalDate;
import java.util.Optional;

/// The extension of a life cycle in the column that the database keeps it in: empty, a day, `ended` or `open`.
public final class LifecycleText {

    private static final String ENDED = "ended";
    private static final String OPEN = "open";

    private LifecycleText() {}

    /// Writes it.
    public static String of(Optional<Extension> extension) {
        return extension
                .map(found -> found.end().map(LocalDate::toString).orElse(found.ended() ? ENDED : OPEN))
                .orElse("");
    }

    /// Reads it; a file that was built before there was such a column has nothing there.
    ///
    /// @throws java.time.DateTimeException when it is neither of the words nor a day
    static Optional<Extension> extension(String text) {
        return switch (text) {
            case "" -> Optional.empty();
            case ENDED -> Optional.of(new Extension(Optional.empty(), true));
            case OPEN -> Optional.of(new Extension(Optional.empty(), false));
            default -> Optional.of(new Extension(Optional.of(LocalDate.parse(text)), false));
        };
    }
}
