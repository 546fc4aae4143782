package dev.plimsoll.cli.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parameters behind a path. Immutable.
record Query(List<String> parts) {

    static final Query NONE = new Query(List.of());

    Query {
        parts = List.copyOf(parts);
    }

    static Query of(String name, String value) {
        return NONE.with(name, value);
    }

    /// The same where there is no value.
    Query with(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        var more = new ArrayList<>(parts);
        more.add(name + "=" + encoded(value));
        return new Query(more);
    }

    Query with(String name, Optional<String> value) {
        return value.isPresent() ? with(name, value.get()) : this;
    }

    /// A parameter that is only there where it is asked for.
    Query with(String name, boolean asked) {
        return asked ? with(name, "true") : this;
    }

    Query at(@Nullable Instant instant) {
        return instant == null ? this : with("at", instant.toString());
    }

    /// Text for a place in a path or a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
