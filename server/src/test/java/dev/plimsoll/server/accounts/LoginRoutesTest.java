package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Principal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoginRoutesTest extends AccountsTest {

    private String login(String user) {
        var answer = api.as(Principal.NOBODY)
                .post("/api/v1/login", "{\"user\":\"" + user + "\",\"password\":\"" + PASSWORD + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().string("expires_at")).hasValue("2026-02-01T00:00:00Z");
        return key(answer.json());
    }

    @Test
    void makesAKeyOfAPassword() {
        addUser("anna", "editor");
        var key = login("anna");
        var me = by(key).get("/api/v1/me");
        assertThat(me.json().string("account")).hasValue("acme");
        assertThat(me.json().string("user")).hasValue("anna");
        assertThat(me.json().strings("permissions")).contains("write_images").doesNotContain("administer_account");
        assertThat(each(by(administrator).get("/api/v1/audit"), "action")).startsWith("user.login");
        clock.pass(LoginRoutes.LOGIN);
        assertThat(refusal(key)).isEqualTo(401);
    }

    @Test
    void removesKeysOfLoginsThatHaveExpired() throws Exception {
        addUser("anna", "editor");
        var first = login("anna");
        clock.pass(Duration.ofSeconds(1));
        accounts.tidying().turn().take();
        assertThat(refusal(first)).isEqualTo(200);
        clock.pass(LoginRoutes.LOGIN);
        accounts.tidying().turn().take();
        assertThat(each(by(administrator).get("/api/v1/keys"), "name")).containsExactly("administrator");
    }

    @Test
    void refusesAWrongPassword() {
        addUser("anna", "editor");
        var answer =
                api.as(Principal.NOBODY).post("/api/v1/login", "{\"user\":\"anna\",\"password\":\"another password\"}");
        refused(401, answer);
        assertThat(answer.text()).doesNotContain("another password");
        refused(400, api.post("/api/v1/login", "{\"user\":\"anna\"}"), "/password");
        refused(400, api.post("/api/v1/login", "[]"));
        refused(400, api.post("/api/v1/login", "{\"user\":\"anna\",\"password\":7}"), "/password");
        refused(400, api.post("/api/v1/login", "{\"user\":\"a\",\"password\":\"b\",\"otp\":\"c\"}"), "/otp");
    }

    @Test
    void changesTheOwnPassword() {
        addUser("anna", "editor");
        var key = login("anna");
        var body = "{\"current_password\":\"%s\",\"password\":\"%s\"}";
        refused(403, by(key).ask("PUT", "/api/v1/me/password", body.formatted("wrong password", PASSWORD), Map.of()));
        refused(400, by(key).put("/api/v1/me/password", body.formatted(PASSWORD, "short")), "/password");
        assertThat(by(key).put("/api/v1/me/password", body.formatted(PASSWORD, "a better password"))
                        .status())
                .isEqualTo(204);
        // who had logged in with the former is out
        assertThat(refusal(key)).isEqualTo(401);
        refused(
                401,
                api.as(Principal.NOBODY)
                        .post("/api/v1/login", "{\"user\":\"anna\",\"password\":\"" + PASSWORD + "\"}"));
        refused(409, by(administrator).put("/api/v1/me/password", body.formatted(PASSWORD, "a better password")));
    }
}
