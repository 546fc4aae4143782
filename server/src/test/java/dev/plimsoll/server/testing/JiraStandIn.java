package dev.plimsoll.server.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Jira of our own, on loopback, as the cloud's or as a data center's: one project `SEC` with two
/// types of issues, each with a workflow of its own. Its searches lag behind where they are told
/// to, the cloud's old search is gone, texts are documents or markup, and it can make an issue and
/// drop the connection.
///
/// Source: developer.atlassian.com, "The Jira Cloud platform REST API" (v3); docs.atlassian.com,
/// "Jira Data Center REST API" (v2).
public final class JiraStandIn extends StandInServer {

    public static final String PROJECT = "SEC";
    public static final String USER = "ann@example.org";
    public static final String TOKEN = "stand-in-token";
    /// Its second type wants a team and has a workflow without a way back.
    public static final String DEMANDING_TYPE = "10004";

    private static final Pattern JQL =
            Pattern.compile("project = \"([^\"]*)\" AND labels = \"([^\"]*)\" ORDER BY created ASC");

    private final boolean cloud;
    private final boolean tells;
    private final List<JiraIssue> issues = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private volatile int lag;
    private int made;

    /// How a request is answered instead of what would have come.
    ///
    /// @param request beginning of method and path that it is for: `POST /issue`
    /// @param done whether what was asked for is done all the same
    /// @param status 0 closes the connection
    public record Failure(String request, boolean done, int status, Map<String, String> headers, String body) {

        public static Failure of(String request, int status, String body) {
            return new Failure(request, false, status, Map.of(), body);
        }

        /// It is done, and nobody hears of it.
        public static Failure lost(String request) {
            return new Failure(request, true, 0, Map.of(), "");
        }
    }

    public JiraStandIn(boolean cloud) throws IOException {
        this(0, cloud, false);
    }

    private JiraStandIn(int port, boolean cloud, boolean tells) throws IOException {
        super(port);
        this.cloud = cloud;
        this.tells = tells;
    }

    /// Prints its address, then what is done to tickets, a line of JSON each.
    ///
    /// @param arguments a port, and `data_center` for that
    static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        boolean dataCenter = arguments.length > 1 && arguments[1].equals("data_center");
        try (var jira = new JiraStandIn(port, !dataCenter, true)) {
            System.out.println(jira.address());
            Thread.currentThread().join();
        }
    }

    public boolean isCloud() {
        return cloud;
    }

    public List<JiraIssue> issues() {
        return issues;
    }

    /// Method and path of all requests, without the path of the interface.
    public List<String> asked() {
        return asked;
    }

    /// Issues that are made from now on are not seen by that many searches.
    public void lagBy(int searches) {
        lag = searches;
    }

    public void failNext(Failure failure) {
        failures.add(failure);
    }

    public void delete(JiraIssue issue) {
        issues.remove(issue);
    }

    @Override
    synchronized void answer(HttpExchange exchange, String body) throws IOException {
        var base = cloud ? "/rest/api/3" : "/rest/api/2";
        var path = exchange.getRequestURI().getPath();
        if (!path.startsWith(base + "/")) {
            text(exchange, 404, "text/html", "<html>Oops, you've found a dead link.</html>");
            return;
        }
        var request = exchange.getRequestMethod() + " " + path.substring(base.length());
        asked.add(request);
        var failure = failures.peek();
        if (failure != null && request.matches(failure.request())) {
            failures.remove();
            if (failure.done()) {
                reply(request, exchange, body);
            }
            fail(exchange, failure);
            return;
        }
        var reply = reply(request, exchange, body);
        if (reply.body().isPresent()) {
            json(exchange, reply.status(), reply.body().get());
        } else {
            exchange.sendResponseHeaders(reply.status(), -1);
        }
    }

    private static void fail(HttpExchange exchange, Failure failure) throws IOException {
        if (failure.status() == 0) {
            return;
        }
        failure.headers().forEach(exchange.getResponseHeaders()::set);
        var type = failure.body().startsWith("<") ? "text/html" : "application/json";
        text(exchange, failure.status(), type, failure.body());
    }

    private record Answer(int status, Optional<JsonObject> body) {

        static Answer of(int status, String body) {
            return new Answer(status, Optional.of(object(body)));
        }

        static Answer error(int status, String message) {
            return of(status, "{\"errorMessages\": [\"%s\"], \"errors\": {}}".formatted(message));
        }
    }

    private Answer reply(String request, HttpExchange exchange, String body) {
        if (!authorized(exchange.getRequestHeaders().getFirst("authorization"))) {
            return Answer.error(401, "Client must be authenticated to access this resource.");
        }
        JsonObject sent;
        try {
            sent = body.isEmpty() ? JsonObject.EMPTY : read(body);
        } catch (JsonException _) {
            return Answer.error(400, "There was an error parsing JSON. Check that your request body is valid.");
        }
        return switch (request) {
            case "GET /myself" ->
                Answer.of(200, cloud ? "{\"accountId\": \"5b10\", \"displayName\": \"Ann\"}" : "{\"name\": \"ann\"}");
            case "POST /issue" -> create(sent);
            case "POST /search/jql" -> cloud ? search(sent) : Answer.error(404, "null for uri");
            case "POST /search" ->
                cloud
                        ? Answer.error(
                                410, "The requested API has been removed. Please migrate to /rest/api/3/search/jql")
                        : search(sent);
            case "GET /issue/createmeta/SEC/issuetypes" ->
                Answer.of(200, """
                        {"%s": [{"id": "10001", "name": "Task"}, {"id": "10004", "name": "Bug"}], "total": 2}""".formatted(cloud ? "issueTypes" : "values"));
            case "GET /issue/createmeta/SEC/issuetypes/10001" -> meta("");
            case "GET /issue/createmeta/SEC/issuetypes/10004" ->
                meta(", {\"fieldId\": \"%s\", \"name\": \"Team\", \"required\": true, \"hasDefaultValue\": false}"
                        .formatted(JiraRules.TEAM));
            default -> ofIssue(request, sent);
        };
    }

    private Answer meta(String more) {
        return Answer.of(200, """
                {"%s": [{"fieldId": "summary", "name": "Summary", "required": true, "hasDefaultValue": false},
                  {"fieldId": "reporter", "name": "Reporter", "required": true, "hasDefaultValue": true},
                  {"fieldId": "priority", "name": "Priority", "required": false, "hasDefaultValue": true}%s], "total": 4}""".formatted(cloud ? "fields" : "values", more));
    }

    private boolean authorized(@Nullable String header) {
        var basic =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return (cloud ? basic : "Bearer " + TOKEN).equals(header);
    }

    private Answer create(JsonObject sent) {
        var fields = sent.object("fields");
        var type = fields.object("issuetype");
        var id = type.string("id").or(() -> type.string("name")).orElse("");
        var known = switch (id) {
            case "Task", "10001" -> "10001";
            case "Bug", DEMANDING_TYPE -> DEMANDING_TYPE;
            default -> "";
        };
        var errors = JiraRules.ofFields(fields, cloud, known);
        if (!errors.isEmpty()) {
            return refused(errors);
        }
        int number = ++made;
        var issue = new JiraIssue(Integer.toString(10_000 + number), "SEC-" + number, known, fields, lag);
        for (var property : sent.objects("properties")) {
            issue.properties.put(property.string("key").orElse(""), property.object("value"));
        }
        issues.add(issue);
        tell("create", issue, fields);
        return Answer.of(
                201,
                "{\"id\": \"%s\", \"key\": \"%s\", \"self\": \"%s/issue/%s\"}"
                        .formatted(issue.id, issue.key, address(), issue.id));
    }

    private static Answer refused(Map<String, String> errors) {
        Map<String, JsonValue> texts = new LinkedHashMap<>();
        errors.forEach((field, error) -> texts.put(field, new JsonString(error)));
        return new Answer(400, Optional.of(with(object("{\"errorMessages\": []}"), "errors", new JsonObject(texts))));
    }

    private Answer search(JsonObject sent) {
        var jql = JQL.matcher(sent.string("jql").orElse(""));
        if (!jql.matches()) {
            return Answer.error(400, "Error in the JQL Query: Unbounded JQL queries are not allowed here.");
        }
        if (!jql.group(1).equals(PROJECT)) {
            return Answer.error(400, "The value '%s' does not exist for the field 'project'.".formatted(jql.group(1)));
        }
        var found = issues.stream()
                .filter(issue -> issue.unseen-- <= 0)
                .filter(issue -> issue.fields.strings("labels").contains(jql.group(2)))
                .<JsonValue>map(issue -> shown(issue, sent.strings("fields").contains("status")))
                .toList();
        return new Answer(
                200,
                Optional.of(with(
                        object(cloud ? "{\"isLast\": true}" : "{\"startAt\": 0, \"maxResults\": 50, \"total\": 1}"),
                        "issues",
                        new JsonArray(found))));
    }

    private JsonObject shown(JiraIssue issue, boolean fields) {
        if (!fields && cloud) {
            return object("{\"id\": \"%s\"}".formatted(issue.id));
        }
        return object("""
                {"id": "%s", "key": "%s", "fields": {"status": {"name": "Zustand", "statusCategory": {"key": "%s"}}}}""".formatted(issue.id, issue.key, issue.category));
    }

    private Answer ofIssue(String request, JsonObject sent) {
        var parts = Pattern.compile("(GET|POST|PUT) /issue/([^/]+)(/.*)?").matcher(request);
        var issue = parts.matches()
                ? issues.stream()
                        .filter(each -> each.id.equals(parts.group(2)) || each.key.equals(parts.group(2)))
                        .findFirst()
                : Optional.<JiraIssue>empty();
        if (issue.isEmpty()) {
            return Answer.error(404, "Issue does not exist or you do not have permission to see it.");
        }
        var rest = parts.group(3) == null ? "" : parts.group(3);
        return switch (parts.group(1) + " " + rest) {
            case "GET " -> new Answer(200, Optional.of(shown(issue.get(), true)));
            case "POST /comment" -> comment(issue.get(), sent);
            case "GET /comment" ->
                new Answer(
                        200,
                        Optional.of(with(
                                object("{\"startAt\": 0}"),
                                "comments",
                                new JsonArray(issue.get().comments.reversed().stream()
                                        .<JsonValue>map(text -> with(object("{\"id\": \"1\"}"), "body", text))
                                        .toList()))));
            case "GET /properties/plimsoll" ->
                Optional.ofNullable(issue.get().properties.get("plimsoll"))
                        .map(value ->
                                new Answer(200, Optional.of(with(object("{\"key\": \"plimsoll\"}"), "value", value))))
                        .orElse(Answer.error(404, "The property with key plimsoll does not exist."));
            case "PUT /properties/plimsoll" -> {
                if (write(sent).length() > 32_768) {
                    yield Answer.error(400, "The property value is too long.");
                }
                issue.get().properties.put("plimsoll", sent);
                yield new Answer(200, Optional.empty());
            }
            case "GET /transitions" -> Answer.of(200, transitions(issue.get()));
            case "POST /transitions" ->
                transit(issue.get(), sent.object("transition").string("id").orElse(""));
            default -> Answer.error(404, "null for uri");
        };
    }

    private Answer comment(JiraIssue issue, JsonObject sent) {
        var mistake =
                sent.get("body").map(text -> JiraRules.ofText(text, cloud)).orElse("Comment body can not be empty!");
        if (!mistake.isEmpty() || sent.members().size() != 1) {
            return refused(Map.of("comment", mistake));
        }
        issue.comments.add(sent.get("body").orElseThrow());
        tell("comment", issue, sent);
        return Answer.of(201, "{\"id\": \"1\"}");
    }

    /// Each workflow has ids and names of its own; the second one has no way back, and none from
    /// its first status to its last.
    private static String transitions(JiraIssue issue) {
        if (issue.type.equals(DEMANDING_TYPE)) {
            return switch (issue.category) {
                case "new" -> "{\"transitions\": [" + transition("411", "indeterminate") + "]}";
                case "indeterminate" -> "{\"transitions\": [" + transition("421", "done") + "]}";
                default -> "{\"transitions\": []}";
            };
        }
        return "{\"transitions\": [%s, %s, %s]}"
                .formatted(transition("21", "indeterminate"), transition("31", "done"), transition("11", "new"));
    }

    private static String transition(String id, String category) {
        return "{\"id\": \"%s\", \"name\": \"Weiter\", \"to\": {\"statusCategory\": {\"key\": \"%s\"}}}"
                .formatted(id, category);
    }

    private Answer transit(JiraIssue issue, String id) {
        for (var transition : object(transitions(issue)).objects("transitions")) {
            if (transition.string("id").orElse("").equals(id)) {
                issue.category = transition
                        .object("to")
                        .object("statusCategory")
                        .string("key")
                        .orElse("");
                tell("move", issue, object("{\"to\": \"" + issue.category + "\"}"));
                return new Answer(204, Optional.empty());
            }
        }
        return Answer.error(400, "It seems that you have tried to perform an illegal workflow operation.");
    }

    private void tell(String action, JiraIssue issue, JsonObject what) {
        if (tells) {
            var line = with(object("{\"action\": \"%s\", \"key\": \"%s\"}".formatted(action, issue.key)), "what", what);
            System.out.println(write(line));
        }
    }
}
