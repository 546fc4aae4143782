package dev.plimsoll.server.http;

import dev.plimsoll.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// One page of a list, found by the key of the last item before it: no offsets, so a page costs the same wherever it
/// is.
///
/// @param items at most as many as were asked for
/// @param next the cursor of the next page; empty on the last
public record Page<T>(List<T> items, Optional<String> next) {

    /// In items: how many unless the request says, and how many at most.
    public static final int DEFAULT_LIMIT = 100;

    public static final int MAX_LIMIT = 1000;

    public Page {
        items = List.copyOf(items);
    }

    /// How many items the request wants.
    public static int limit(Request request) {
        return request.queried("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    }

    /// What the request's cursor says: the key that {@link #of} was given; empty for the first page.
    ///
    /// @throws ProblemException where it is no cursor
    public static Optional<String> after(Request request) {
        return request.queried("cursor").map(cursor -> {
            try {
                return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException _) {
                throw ProblemException.invalid("cursor", "this is no cursor of a page; begin without one");
            }
        });
    }

    /// The same where the key is a number.
    public static Optional<Long> afterNumber(Request request) {
        return after(request).map(key -> {
            if (!key.matches("-?[0-9]{1,18}")) {
                throw ProblemException.invalid("cursor", "this is no cursor of this list; begin without one");
            }
            return Long.parseLong(key);
        });
    }

    /// @param found one item more than the limit, where there are so many
    /// @param key of an item, unique and in the order of the list
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new Page<>(
                items,
                Optional.of(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(key.apply(items.getLast()).getBytes(StandardCharsets.UTF_8))));
    }

    /// `{"items":[…],"next":"…"}`
    public Reply.Document reply(BiConsumer<JsonWriter, T> item) {
        return Reply.json(json -> json.object(() -> {
            json.array("items", () -> items.forEach(each -> item.accept(json, each)));
            json.member("next", next);
        }));
    }
}
