package dev.plimsoll.server.notify.jira;

import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Delivered;
import dev.plimsoll.server.notify.sending.Outcome.Final;
import dev.plimsoll.server.notify.wording.Clipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tries a channel without making a ticket: who the token is, whether the project and the type are
/// there, and which fields the project wants that are not given.
///
/// Source: developer.atlassian.com, "Get create field metadata for a project and issue type id".
/// The cloud calls its lists `issueTypes` and `fields`, a data center `values`.
final class JiraTest {

    private static final int PAGE = 20;
    private static final int MOST_PAGES = 20;
    private static final Set<String> WRITTEN =
            Set.of("project", "issuetype", "summary", "description", "labels", "reporter");

    private final JiraClient jira;
    private final JiraSettings settings;

    JiraTest(JiraClient jira, JiraSettings settings) {
        this.jira = jira;
        this.settings = settings;
    }

    Outcome run() {
        try {
            var user = jira.get("/myself");
            var types = "/issue/createmeta/" + settings.project() + "/issuetypes";
            Optional<JsonObject> type = Optional.empty();
            List<String> names = new ArrayList<>();
            for (var each : all(types, "issueTypes")) {
                names.add(each.string("name").orElse(""));
                if (each.string("name").equals(Optional.of(settings.issueType()))
                        || each.string("id").equals(Optional.of(settings.issueType()))) {
                    type = Optional.of(each);
                }
            }
            if (type.isEmpty()) {
                return new Final(
                        Clipped.line(
                                "the project %s has no type %s for this user, but %s"
                                        .formatted(settings.project(), settings.issueType(), String.join(", ", names)),
                                600),
                        true);
            }
            var missing = missing(types + "/" + type.get().string("id").orElse(""));
            if (!missing.isEmpty()) {
                return new Final(
                        Clipped.line(
                                "the project %s wants more for a ticket: give %s in the channel's setting fields"
                                        .formatted(settings.project(), String.join(", ", missing)),
                                600),
                        true);
            }
            var who = user.string("displayName").or(() -> user.string("name")).orElse("somebody");
            return new Delivered(Clipped.line(
                    "%s may make tickets of the type %s in %s; none was made"
                            .formatted(who, settings.issueType(), settings.project()),
                    600));
        } catch (JiraRefusal refusal) {
            return refusal.outcome();
        }
    }

    private List<String> missing(String path) throws JiraRefusal {
        List<String> missing = new ArrayList<>();
        for (var field : all(path, "fields")) {
            var id = field.string("fieldId").or(() -> field.string("key")).orElse("");
            boolean wanted = flag(field, "required") && !flag(field, "hasDefaultValue");
            if (wanted && !WRITTEN.contains(id) && settings.fields().get(id).isEmpty()) {
                missing.add("%s (%s)".formatted(id, field.string("name").orElse("")));
            }
        }
        return missing;
    }

    private static boolean flag(JsonObject object, String name) {
        return object.get(name).orElse(null) instanceof JsonBoolean(var value) && value;
    }

    /// Page by page, short ones: a field with many values is long.
    private List<JsonObject> all(String path, String list) throws JiraRefusal {
        List<JsonObject> all = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            var answer = jira.get(path + "?startAt=" + all.size() + "&maxResults=" + PAGE);
            var found = answer.get(list).isPresent() ? answer.objects(list) : answer.objects("values");
            all.addAll(found);
            boolean last = flag(answer, "isLast")
                    || answer.number("total")
                            .filter(total -> total.intValue() <= all.size())
                            .isPresent();
            if (found.isEmpty() || last) {
                break;
            }
        }
        return all;
    }
}
