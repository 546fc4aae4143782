package dev.plimsoll.server.testing;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An issue of the Jira stand-in.
public final class JiraIssue {

    final String id;
    final String key;
    final String type;
    final JsonObject fields;
    final List<JsonValue> comments = new CopyOnWriteArrayList<>();
    final Map<String, JsonValue> properties = new ConcurrentHashMap<>();
    volatile String category = "new";
    /// How many searches do not see it yet.
    int unseen;

    JiraIssue(String id, String key, String type, JsonObject fields, int unseen) {
        this.id = id;
        this.key = key;
        this.type = type;
        this.fields = fields;
        this.unseen = unseen;
    }

    public String id() {
        return id;
    }

    public String key() {
        return key;
    }

    public JsonObject fields() {
        return fields;
    }

    /// Texts as they came.
    public List<JsonValue> comments() {
        return comments;
    }

    /// Of its status: `new`, `indeterminate`, `done`.
    public String category() {
        return category;
    }

    /// Somebody moves it.
    public void moveTo(String next) {
        category = next;
    }
}
