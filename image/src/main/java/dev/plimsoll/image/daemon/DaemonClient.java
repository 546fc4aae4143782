package dev.plimsoll.image.daemon;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.Platform;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Asks a container engine for its images, over the API of Docker, which Podman speaks too. Only reads. Each
/// question has a connection of its own; safe for threads.
///
/// Source: Docker Engine API v1.24 to v1.49, "Image".
public final class DaemonClient {

    /// The newest version whose answers are understood here; an engine that is older is asked in its own.
    static final ApiVersion NEWEST = new ApiVersion(1, 49);
    /// Since then an image can be asked for by platform.
    static final ApiVersion KNOWS_PLATFORMS = new ApiVersion(1, 49);
    /// In characters: longer than any name that an engine takes.
    static final int MAX_NAME = 1024;

    /// Names, ids and digests; nothing that a path or a query would make something else of.
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(?::[0-9]+)?(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*"
                    + "(?::[A-Za-z0-9_][A-Za-z0-9._-]*)?(?:@[A-Za-z0-9+._-]+:[0-9A-Fa-f]+)?");

    private static final int BUFFER_BYTES = 64 << 10;

    private final Endpoint endpoint;
    private final DaemonLimits limits;
    private final String engine;
    private final ApiVersion version;

    private DaemonClient(Endpoint endpoint, DaemonLimits limits, String engine, ApiVersion version) {
        this.endpoint = endpoint;
        this.limits = limits;
        this.engine = engine;
        this.version = version;
    }

    /// Finds out who answers there.
    ///
    /// @throws ImageException when somebody answers who is no container engine
    /// @throws IOException when nobody answers, or may not be asked
    static DaemonClient connect(Endpoint endpoint, DaemonLimits limits) throws IOException {
        var unknown = new DaemonClient(endpoint, limits, "the daemon", NEWEST);
        var answer = unknown.ask("/version")
                .orElseThrow(() -> unknown.unreadable("does not know /version: this is no container engine"));
        var object = unknown.object(answer, "/version");
        var theirs = object.string("ApiVersion").flatMap(ApiVersion::parse);
        if (theirs.isEmpty()) {
            throw unknown.unreadable("does not tell the version of its API: this is no container engine");
        }
        var least = object.string("MinAPIVersion").flatMap(ApiVersion::parse).orElse(new ApiVersion(0, 0));
        var podman = object.objects("Components").stream()
                .anyMatch(component -> component.string("Name").orElse("").startsWith("Podman"));
        var common = Collections.max(List.of(Collections.min(List.of(theirs.get(), NEWEST)), least));
        return new DaemonClient(endpoint, limits, podman ? "podman" : "docker", common);
    }

    /// Whether the daemon there has an image: one question, without finding out who answers.
    ///
    /// @throws IOException when nobody answers as an engine does
    static boolean has(String name, Endpoint endpoint, DaemonLimits limits) throws IOException {
        var unknown = new DaemonClient(endpoint, limits, "the daemon", NEWEST);
        return unknown.ask("/images/" + pathOf(name) + "/json").isPresent();
    }

    /// For people: `docker at unix:///var/run/docker.sock`.
    public String origin() {
        return engine + " at " + endpoint;
    }

    /// Whether an image can be asked for by platform.
    public boolean knowsPlatforms() {
        return version.compareTo(KNOWS_PLATFORMS) >= 0;
    }

    /// What the daemon knows of an image; empty where it has none of that name.
    ///
    /// @param name also an id, its beginning, or `name@sha256:…`
    /// @param platform only where the daemon {@link #knowsPlatforms()}
    /// @throws ImageException when the name is none, or the daemon does not answer as an engine does
    public Optional<DaemonImage> inspect(String name, Optional<Platform> platform) throws ImageException {
        var path = versioned("/images/" + pathOf(name) + "/json" + query(platform));
        var answer = document(path);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        var image = DaemonImage.read(object(answer.get(), path));
        if (image.id().isEmpty()) {
            throw unreadable("tells no id of the image: " + path);
        }
        return Optional.of(image);
    }

    /// The names of all images there, sorted.
    public List<String> names() throws ImageException {
        var path = versioned("/images/json");
        var names = new TreeSet<String>();
        for (var image : objects(document(path).orElse(new JsonArray(List.of())), path)) {
            names.addAll(image.strings("RepoTags"));
        }
        names.remove("<none>:<none>");
        return List.copyOf(names);
    }

    /// The image as an archive. The stream is to be closed; all that it throws names the daemon.
    public InputStream export(String id, Optional<Platform> platform) throws ImageException {
        var path = versioned("/images/" + pathOf(id) + "/get" + query(platform));
        try {
            var connection = Connection.open(endpoint, limits);
            try {
                var answer = ask(connection, path, Patience.forExport(limits));
                if (answer.status() == 404) {
                    throw gone(id);
                }
                refuseOtherThan200(answer, path);
                if (answer.mediaType().startsWith("text/") || answer.mediaType().equals("application/json")) {
                    throw unreadable("answers with " + answer.mediaType() + " where an archive is expected");
                }
                return new Export(answer.body(), connection);
            } catch (IOException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    private Optional<JsonValue> document(String path) throws ImageException {
        try {
            return ask(path);
        } catch (IOException e) {
            throw named(e);
        }
    }

    private Optional<JsonValue> ask(String path) throws IOException {
        try (var connection = Connection.open(endpoint, limits)) {
            var answer = ask(connection, path, Patience.within(limits.answer()));
            if (answer.status() == 404) {
                return Optional.empty();
            }
            refuseOtherThan200(answer, path);
            if (!answer.mediaType().equals("application/json")) {
                throw unreadable("answers with "
                        + (answer.mediaType().isEmpty() ? "no media type" : answer.mediaType())
                        + " where JSON is expected: this is no container engine");
            }
            return Optional.of(JsonReader.read(
                    answer.body(),
                    JsonLimits.FOREIGN.withBytes(limits.documentBytes()).withValues(limits.documentValues())));
        } catch (JsonException e) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    origin() + " answers " + path + " with JSON that cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private HttpAnswer ask(Connection connection, String path, Patience patience) throws IOException {
        connection.patience(patience);
        var host = endpoint instanceof Endpoint.Tcp ? endpoint.toString().substring("tcp://".length()) : "localhost";
        var request = "GET " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: plimsoll\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        connection.output().write(request.getBytes(StandardCharsets.US_ASCII));
        connection.output().flush();
        return HttpAnswer.read(new BufferedInputStream(connection.input(), BUFFER_BYTES), limits.headerBytes());
    }

    private void refuseOtherThan200(HttpAnswer answer, String path) throws IOException {
        if (answer.status() == 200) {
            return;
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            throw unreadable("redirects " + path + " to "
                    + answer.header("location").orElse("nowhere") + ", which is not followed");
        }
        var text = answer.body().readNBytes(limits.headerBytes());
        throw unreadable("answers " + path + " with status " + answer.status() + ": " + message(text));
    }

    /// Engines put their reasons into an object; a proxy before them may say anything.
    private static String message(byte[] text) {
        try {
            if (JsonReader.read(text, JsonLimits.FOREIGN) instanceof JsonObject object
                    && object.string("message").isPresent()) {
                return HttpAnswer.shown(object.string("message").get().getBytes(StandardCharsets.UTF_8));
            }
        } catch (JsonException _) {
            // shown as it is
        }
        return HttpAnswer.shown(text);
    }

    private String versioned(String path) {
        return "/v" + version + path;
    }

    private String query(Optional<Platform> platform) {
        if (platform.isEmpty() || !knowsPlatforms()) {
            return "";
        }
        var wanted = platform.get();
        var json = "{\"os\":\"" + wanted.os() + "\",\"architecture\":\"" + wanted.architecture() + "\""
                + (wanted.variant().isEmpty() ? "" : ",\"variant\":\"" + wanted.variant() + "\"") + "}";
        return "?platform=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private static String pathOf(String name) throws ImageException {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new ImageException(
                    Kind.NOT_FOUND,
                    "'" + name + "' is no name of an image; write for example debian:12, an id, or name@sha256:…");
        }
        return name;
    }

    private JsonObject object(JsonValue value, String path) throws ImageException {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw unreadable("answers " + path + " with " + value.typeName() + " where an object is expected");
    }

    private List<JsonObject> objects(JsonValue value, String path) throws ImageException {
        if (value instanceof JsonArray(var elements)) {
            return elements.stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .toList();
        }
        throw unreadable("answers " + path + " with " + value.typeName() + " where an array is expected");
    }

    private ImageException gone(String id) {
        return unreadable("had the image " + id + " a moment ago and has it no more");
    }

    private ImageException unreadable(String reason) {
        return new ImageException(Kind.UNREADABLE, origin() + " " + reason);
    }

    private ImageException named(IOException e) {
        return e instanceof ImageException known
                ? known
                : new ImageException(Kind.UNREADABLE, origin() + " " + DaemonFailure.reason(e), e);
    }

    /// The body of an export, with its connection.
    private final class Export extends FilterInputStream {

        private final Connection connection;

        Export(InputStream body, Connection connection) {
            super(body);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw named(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                throw named(e);
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
