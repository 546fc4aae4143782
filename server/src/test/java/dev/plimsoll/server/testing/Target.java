package dev.plimsoll.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.http.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a route is asked about in a {@link RoleMatrix}: parameters, body, and what must come of it.
///
/// Without more words, a route with parameters in its path answers 404 to another account, and one
/// without works in the caller's own account.
public final class Target {

    private enum Foreign {
        BY_PATH,
        REFUSED,
        SEPARATE,
        SHARED
    }

    private final Map<String, String> path = new HashMap<>();
    private final Map<String, String> query = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private byte[] body = new byte[0];
    private Optional<String> marker = Optional.empty();
    private Optional<Integer> status = Optional.empty();
    private Supplier<String> probe = () -> "";
    private Foreign foreign = Foreign.BY_PATH;
    private int foreignStatus = 404;

    private Target() {}

    public static Target plain() {
        return new Target();
    }

    /// A parameter of the path, not encoded.
    public Target path(String name, String value) {
        path.put(name, value);
        return this;
    }

    public Target query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /// @param name in lower case
    public Target header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Target body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public Target body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    /// The answer to the owner has this text, and no answer to another account.
    public Target marked(String text) {
        marker = Optional.of(text);
        return this;
    }

    /// The owner gets this status, instead of any success.
    public Target answers(int expected) {
        status = Optional.of(expected);
        return this;
    }

    /// Another account gets this status: for routes that name the object in query or body.
    public Target refusesOthers(int expected) {
        foreign = Foreign.REFUSED;
        foreignStatus = expected;
        return this;
    }

    /// The parameters are names that each account has for itself, as in a PUT that creates.
    public Target separate() {
        foreign = Foreign.SEPARATE;
        return this;
    }

    /// The object is of the whole service.
    public Target shared() {
        foreign = Foreign.SHARED;
        return this;
    }

    /// Tells the object's state: no request of another account may change it.
    public Target unchanged(Supplier<String> state) {
        probe = state;
        return this;
    }

    String encoded(String name) {
        var value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the fixture gives no {" + name + "}");
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Optional<String> marker() {
        return marker;
    }

    String probe() {
        return probe.get();
    }

    boolean isForeignRefused() {
        return foreign == Foreign.REFUSED || (foreign == Foreign.BY_PATH && !path.isEmpty());
    }

    boolean isSeparate() {
        return foreign == Foreign.SEPARATE || (foreign == Foreign.BY_PATH && path.isEmpty());
    }

    boolean isShared() {
        return foreign == Foreign.SHARED;
    }

    int foreignStatus() {
        return foreignStatus;
    }

    void demandSuccess(Route route, RoleMatrix.Answer answer) {
        if (status.isPresent()) {
            assertThat(answer.status())
                    .as("%s: %s", route.name(), answer.text())
                    .isEqualTo(status.get());
        } else {
            assertThat(answer.status())
                    .as("%s: %s", route.name(), answer.text())
                    .isBetween(200, 299);
        }
        marker.ifPresent(text -> assertThat(answer.text()).as(route.name()).contains(text));
    }
}
