package dev.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DispatcherTest {

    private static Reply answer(Route.Handler handler) {
        var router = new Router(List.of(new Route(Method.GET, "/x", Permission.NONE, handler)));
        return new Dispatcher(router, (_, _) -> Principal.NOBODY, (_, _, _, _, _) -> {})
                .dispatch(new Dispatcher.Incoming(
                        "GET", "/x", Map.of(), Map.of(), "192.0.2.1", InputStream.nullInputStream()));
    }

    private static Reply failing(Exception cause) {
        return answer(_ -> {
            throw new IllegalStateException("select secret from nowhere", cause);
        });
    }

    private static String text(Reply reply) {
        return new String(((Reply.Document) reply).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void asksToComeAgainWhereTheDatabaseIsAway() {
        for (var cause : List.of(
                new SQLTransientConnectionException("store - Connection is not available"),
                new SQLException("This connection has been closed.", "08003"),
                new SQLException("An I/O error occurred while sending to the backend.", "08006"),
                new SQLException("terminating connection due to administrator command", "57P01"),
                new SQLException("the database system is starting up", "57P03"))) {
            var reply = failing(cause);
            assertThat(reply.status()).as(cause.getMessage()).isEqualTo(503);
            assertThat(reply.headers()).containsKey("retry-after");
            assertThat(text(reply)).doesNotContain("nowhere").doesNotContain(String.valueOf(cause.getMessage()));
        }
    }

    @Test
    void tellsNothingOfADefect() {
        for (var cause : List.of(
                new SQLException("duplicate key value violates unique constraint", "23505"),
                new SQLException("canceling statement due to statement timeout", "57014"),
                new IllegalArgumentException("internals"))) {
            var reply = failing(cause);
            assertThat(reply.status()).as(cause.getMessage()).isEqualTo(500);
            assertThat(text(reply)).doesNotContain("nowhere").doesNotContain(String.valueOf(cause.getMessage()));
        }
    }
}
