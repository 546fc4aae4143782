package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestApi.Answer;
import dev.plimsoll.server.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A service with its first account and another one, `acme`, and callers that prove themselves with
/// real keys and passwords.
abstract class AccountsTest {

    static final String PASSWORD = "correct horse battery";

    private static TestDatabase test;
    static Jdbi jdbi;

    final TestClock clock = new TestClock();
    final SecretBox box = new SecretBox(new byte[SecretBox.KEY_LENGTH]);
    Accounts accounts;
    TestApi api;

    /// Of an administrator of the service.
    String operator;

    /// Of an administrator of acme: a key of the account.
    String administrator;

    @BeforeAll
    static void create() {
        test = TestDatabase.create();
        jdbi = test.database().jdbi();
    }

    @AfterAll
    static void stop() {
        test.close();
    }

    @BeforeEach
    void start() {
        jdbi.useHandle(handle -> handle.execute("delete from account"));
        jdbi.useHandle(handle -> handle.execute("delete from login_failure"));
        accounts = new Accounts(jdbi, box, clock, new Passwords(64, 1, 1));
        api = new TestApi(accounts.routes());
        operator = FirstAccount.ensure(jdbi, clock).orElseThrow();
        administrator = by(operator)
                .post("/api/v1/accounts", "{\"name\":\"acme\"}")
                .json()
                .string("key")
                .orElseThrow();
    }

    Principal principal(String authorization) {
        return accounts.authenticator().authenticate(Map.of("authorization", authorization), "192.0.2.1");
    }

    /// The next requests come with that key.
    TestApi by(String key) {
        return api.as(principal("Bearer " + key));
    }

    TestApi byPassword(String user) {
        return api.as(principal("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8))));
    }

    /// Why the key is not taken.
    int refusal(String key) {
        try {
            principal("Bearer " + key);
            return 200;
        } catch (ProblemException e) {
            return e.status();
        }
    }

    void addUser(String name, String role) {
        created(by(administrator)
                .post(
                        "/api/v1/users",
                        "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"password\":\"" + PASSWORD + "\"}"));
    }

    static JsonObject created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    static void refused(int status, Answer answer, String... words) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        for (var word : words) {
            assertThat(answer.text()).contains(word);
        }
    }

    static String key(JsonObject answer) {
        return answer.string("key").orElseThrow();
    }

    static List<String> each(Answer list, String member) {
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list.json().objects("items").stream()
                .map(item -> item.string(member).orElse(""))
                .toList();
    }

    Answer patch(TestApi caller, String target, String body) {
        return caller.ask("PATCH", target, body, Map.of());
    }
}
