package dev.plimsoll.policy.background;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Instants as tools write them.
///
/// Source: XML Schema 1.0 part 2, `dateTime`, whose zone may be missing; RFC 3339; Ruby's `Time#to_s`.
final class StigInstant {

    /// In characters.
    private static final int MAX_LENGTH = 64;

    /// `2018-11-21 12:34:56 -0500`.
    private static final DateTimeFormatter RUBY = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss Z")
            .toFormatter(Locale.ROOT);
    private static final Pattern ZONED = Pattern.compile(".*T.*(Z|[+-][0-9]{2}:[0-9]{2})");

    private StigInstant() {}

    /// Empty where it is none. Without a zone it counts as UTC.
    static Optional<Instant> parse(String text) {
        var shown = text.strip();
        if (shown.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            if (ZONED.matcher(shown).matches()) {
                return Optional.of(OffsetDateTime.parse(shown).toInstant());
            }
            return Optional.of(
                    shown.indexOf('T') > 0
                            ? LocalDateTime.parse(shown).toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(shown, RUBY).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
