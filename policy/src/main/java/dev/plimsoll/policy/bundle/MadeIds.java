package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Ids for elements of a list that have none.
final class MadeIds {

    private final String word;
    private final List<Optional<String>> given;
    private final Set<String> taken = new HashSet<>();
    private int made;
    private String last = "";

    MadeIds(String word, List<JsonValue> elements) {
        this.word = word;
        this.given = elements.stream()
                .map(element -> element instanceof JsonObject object ? object.string("id") : Optional.<String>empty())
                .map(id -> id.filter(text -> !text.isBlank()))
                .toList();
        given.forEach(id -> id.ifPresent(taken::add));
    }

    JsonObject of(JsonObject element, int index) {
        var named = element;
        if (given.get(index).isEmpty()) {
            last = free(element.string("name").filter(name -> !name.isBlank()).orElse(word + "-" + (index + 1)));
            made++;
            named = Members.first(element, "id", new JsonString(last));
        }
        return word.equals("mapping") || word.equals("image") ? BundleConverter.named(named) : named;
    }

    private String free(String wanted) {
        var id = wanted;
        for (int i = 2; !taken.add(id); i++) {
            id = wanted + "-" + i;
        }
        return id;
    }

    int made() {
        return made;
    }

    String last() {
        return last;
    }
}
