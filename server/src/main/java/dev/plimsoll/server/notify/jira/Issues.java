package dev.plimsoll.server.notify.jira;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.sending.Outcome.Final;
import dev.plimsoll.server.notify.sending.Outcome.Retry;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.wording.Clipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is asked of Jira about issues: found, made, told, moved.
///
/// Source: developer.atlassian.com, "Issues", "Issue comments", "Issue properties", "Issue search".
final class Issues {

    /// In characters; one line.
    private static final int SUMMARY = 255;
    /// Comments that are looked through for a message, the newest first.
    private static final int COMMENTS = 10;

    private final JiraClient jira;
    private final JiraSettings settings;

    Issues(JiraClient jira, JiraSettings settings) {
        this.jira = jira;
        this.settings = settings;
    }

    /// An issue as far as it is of interest.
    ///
    /// @param id never changes; the key does when the issue moves to another project
    /// @param category of its status: `new`, `indeterminate`, `done`; the statuses themselves have
    /// any names
    record Issue(String id, String key, String category) {

        boolean isDone() {
            return category.equals("done");
        }
    }

    /// Reads one; current at once, while searches lag behind.
    Optional<Issue> find(String id) throws JiraRefusal {
        try {
            return Optional.of(issue(jira.get("/issue/" + id + "?fields=status")));
        } catch (JiraRefusal refusal) {
            if (refusal.isAbsent()) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /// The oldest issue of a group, by its label.
    Optional<Issue> search(String label) throws JiraRefusal {
        var path = switch (settings.deployment()) {
            case CLOUD -> "/search/jql";
            case DATA_CENTER -> "/search";
        };
        try {
            var found = jira.post(
                    path,
                    JsonTree.object()
                            .with(
                                    "jql",
                                    "project = \"%s\" AND labels = \"%s\" ORDER BY created ASC"
                                            .formatted(settings.project(), label))
                            .with("fields", JsonTree.texts(List.of("status")))
                            .with("maxResults", 1));
            return found.objects("issues").stream().findFirst().map(Issues::issue);
        } catch (JiraRefusal refusal) {
            // a query that names what is not there is no mistake of the message
            if (refusal.outcome() instanceof Final refused) {
                throw new JiraRefusal(new Final(refused.reason(), true), 0);
            }
            throw refusal;
        }
    }

    private static Issue issue(JsonObject object) {
        return new Issue(
                object.string("id").orElse(""),
                object.string("key").orElse(""),
                object.object("fields")
                        .object("status")
                        .object("statusCategory")
                        .string("key")
                        .orElse(""));
    }

    /// Makes one, with what is known of its matters.
    Issue create(Message message, String label, Matters matters) throws JiraRefusal {
        List<String> labels = new ArrayList<>(List.of(label));
        settings.labels().stream().filter(each -> !labels.contains(each)).forEach(labels::add);
        boolean byId = settings.issueType().matches("[0-9]+");
        var fields = JsonTree.object()
                .with("project", JsonTree.object().with("key", settings.project()))
                .with("issuetype", JsonTree.object().with(byId ? "id" : "name", settings.issueType()))
                .with("summary", Clipped.line(message.headline(), SUMMARY))
                .with("description", JiraText.of(message, settings.deployment()))
                .with("labels", JsonTree.texts(labels))
                .withOthersOf(settings.fields());
        var property = JsonTree.object().with("key", Matters.PROPERTY).with("value", matters.property());
        var made = jira.post(
                "/issue",
                JsonTree.object().with("fields", fields).with("properties", JsonTree.array(List.of(property.tree()))));
        if (made.string("id").isEmpty()) {
            throw new JiraRefusal(new Retry("Jira made a ticket and did not say which"), 0);
        }
        return issue(made);
    }

    void comment(Issue issue, Message message) throws JiraRefusal {
        jira.tell(
                "/issue/" + issue.id() + "/comment",
                JsonTree.object().with("body", JiraText.of(message, settings.deployment())));
    }

    /// Whether one of the last comments is of that message.
    boolean hasComment(Issue issue, Message message) throws JiraRefusal {
        return jira.mentions(
                "/issue/" + issue.id() + "/comment?orderBy=-created&maxResults=" + COMMENTS,
                JiraText.mark(message.id()));
    }

    Matters matters(Issue issue) throws JiraRefusal {
        try {
            return Matters.of(Optional.of(jira.get("/issue/" + issue.id() + "/properties/" + Matters.PROPERTY)
                    .object("value")));
        } catch (JiraRefusal refusal) {
            if (refusal.isAbsent()) {
                return Matters.of(Optional.empty());
            }
            throw refusal;
        }
    }

    void keep(Issue issue, Matters matters) throws JiraRefusal {
        jira.put("/issue/" + issue.id() + "/properties/" + Matters.PROPERTY, matters.property());
    }

    /// Moves an issue to a status of one of these categories, the first that can be reached at one
    /// step.
    ///
    /// @return false where its workflow has no such step
    boolean move(Issue issue, List<String> categories) throws JiraRefusal {
        var transitions = jira.get("/issue/" + issue.id() + "/transitions").objects("transitions");
        for (var category : categories) {
            for (var transition : transitions) {
                var id = transition.string("id");
                if (id.isPresent() && category(transition).equals(Optional.of(category))) {
                    JsonValue chosen = new JsonString(id.get());
                    jira.tell(
                            "/issue/" + issue.id() + "/transitions",
                            JsonTree.object()
                                    .with("transition", JsonTree.object().with("id", chosen)));
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<String> category(JsonObject transition) {
        return transition.object("to").object("statusCategory").string("key");
    }
}
