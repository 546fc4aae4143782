package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KeyRoutesTest extends AccountsTest {

    @BeforeEach
    void addUsers() {
        addUser("anna", "editor");
        addUser("bert", "viewer");
    }

    @Test
    void showsAKeyOnce() {
        var made = created(byPassword("anna").post("/api/v1/keys", "{\"name\":\"laptop\"}"));
        var key = key(made);
        assertThat(made.string("role")).hasValue("editor");
        assertThat(made.string("user")).hasValue("anna");
        assertThat(principal("Bearer " + key).name())
                .isEqualTo("anna/" + made.string("prefix").orElseThrow());
        var list = api.get("/api/v1/keys");
        assertThat(each(list, "name")).containsExactly("laptop");
        assertThat(list.text())
                .doesNotContain(key.substring(15))
                .contains(made.string("prefix").orElseThrow());
        var inDatabase = jdbi.withHandle(
                handle -> handle.createQuery("select k::text || d.details from api_key k, audit_event d")
                        .mapTo(String.class)
                        .list());
        assertThat(inDatabase).isNotEmpty().noneMatch(row -> row.contains(key.substring(15)));
    }

    @Test
    void takesPartOfTheRole() {
        var made = created(byPassword("anna")
                .post(
                        "/api/v1/keys",
                        "{\"name\":\"ci\",\"role\":\"ci\",\"permissions\":[\"check_images\",\"read_images\"],"
                                + "\"expires_at\":\"2026-03-01T00:00:00Z\"}"));
        assertThat(made.strings("permissions")).containsExactly("read_images", "check_images");
        assertThat(by(key(made)).get("/api/v1/me").json().strings("permissions"))
                .containsExactly("read_images", "check_images");
        refused(400, api.post("/api/v1/keys", "{\"name\":\"x\",\"permissions\":[\"fly\"]}"), "/permissions/0");
        refused(400, api.post("/api/v1/keys", "{\"name\":\"x\",\"permissions\":\"all\"}"), "/permissions");
        refused(400, api.post("/api/v1/keys", "{\"name\":\"x\",\"expires_at\":\"2026-01-01T00:00:00Z\"}"), "past");
        refused(400, api.post("/api/v1/keys", "{\"name\":\"x\",\"expires_at\":\"soon\"}"), "/expires_at");
        refused(400, api.post("/api/v1/keys", "{\"name\":\"\"}"), "/name");
    }

    @Test
    void givesNoMoreThanTheCallerAndTheUserHave() {
        refused(403, byPassword("anna").post("/api/v1/keys", "{\"name\":\"x\",\"role\":\"admin\"}"), "read_audit");
        refused(403, byPassword("anna").post("/api/v1/keys", "{\"name\":\"x\",\"user\":\"bert\"}"));
        refused(403, api.post("/api/v1/keys", "{\"name\":\"x\",\"for_account\":true,\"role\":\"ci\"}"));
        refused(
                403,
                by(administrator).post("/api/v1/keys", "{\"name\":\"x\",\"user\":\"bert\",\"role\":\"editor\"}"),
                "viewer");
        created(api.post("/api/v1/keys", "{\"name\":\"x\",\"user\":\"bert\"}"));
        created(api.post("/api/v1/keys", "{\"name\":\"x\",\"for_account\":true,\"role\":\"ci\"}"));
        refused(404, api.post("/api/v1/keys", "{\"name\":\"x\",\"user\":\"nobody\"}"));
        refused(400, api.post("/api/v1/keys", "{\"name\":\"x\",\"for_account\":true}"), "/role");
        refused(400, api.post("/api/v1/keys", "{\"name\":\"x\",\"for_account\":true,\"user\":\"bert\"}"), "/user");
    }

    /// What was stolen once must not be there for ever.
    @Test
    void letsKeysMakeNone() {
        var key = key(created(byPassword("anna").post("/api/v1/keys", "{\"name\":\"laptop\"}")));
        refused(403, by(key).post("/api/v1/keys", "{\"name\":\"another\"}"), "log in");
        var ending = key(
                created(
                        by(administrator)
                                .post(
                                        "/api/v1/keys",
                                        "{\"name\":\"a\",\"for_account\":true,\"role\":\"admin\",\"expires_at\":\"2026-03-01T00:00:00Z\"}")));
        var body = "{\"name\":\"b\",\"for_account\":true,\"role\":\"ci\"";
        assertThat(created(by(ending).post("/api/v1/keys", body + "}")).string("expires_at"))
                .hasValue("2026-03-01T00:00:00Z");
        refused(403, by(ending).post("/api/v1/keys", body + ",\"expires_at\":\"2026-03-02T00:00:00Z\"}"), "outlasts");
        // a login is proved by a password
        var login = key(api.post("/api/v1/login", "{\"user\":\"anna\",\"password\":\"" + PASSWORD + "\"}")
                .json());
        created(by(login).post("/api/v1/keys", "{\"name\":\"another\"}"));
    }

    @Test
    void revokesOwnKeysAtOnceAndOthersNever() {
        var annas = created(byPassword("anna").post("/api/v1/keys", "{\"name\":\"laptop\"}"));
        var berts = created(byPassword("bert").post("/api/v1/keys", "{\"name\":\"laptop\"}"));
        assertThat(refusal(key(berts))).isEqualTo(200);
        refused(
                404,
                byPassword("anna").delete("/api/v1/keys/" + berts.number("id").orElseThrow()));
        assertThat(refusal(key(annas))).isEqualTo(200);
        assertThat(api.delete("/api/v1/keys/" + annas.number("id").orElseThrow())
                        .status())
                .isEqualTo(204);
        assertThat(refusal(key(annas))).isEqualTo(401);
        assertThat(api.delete("/api/v1/keys/" + annas.number("id").orElseThrow())
                        .status())
                .isEqualTo(204);
        // an administrator sees and ends all of his account, and none of another
        assertThat(each(by(administrator).get("/api/v1/keys"), "name"))
                .containsExactly("administrator", "laptop", "laptop");
        assertThat(api.delete("/api/v1/keys/" + berts.number("id").orElseThrow())
                        .status())
                .isEqualTo(204);
        assertThat(refusal(key(berts))).isEqualTo(401);
        refused(404, by(operator).delete("/api/v1/keys/" + annas.number("id").orElseThrow()));
        refused(404, by(operator).delete("/api/v1/keys/none"));
    }

    @Test
    void letsAKeyOfTheAccountSeeAndRevokeItself() {
        var made = created(
                by(administrator).post("/api/v1/keys", "{\"name\":\"ci\",\"for_account\":true,\"role\":\"ci\"}"));
        assertThat(each(by(key(made)).get("/api/v1/keys"), "name")).containsExactly("ci");
        refused(403, by(key(made)).post("/api/v1/keys", "{\"name\":\"x\"}"));
        assertThat(api.delete("/api/v1/keys/" + made.number("id").orElseThrow()).status())
                .isEqualTo(204);
        assertThat(refusal(key(made))).isEqualTo(401);
    }

    @Test
    void keepsTheLastAdministratorsKey() {
        var id = by(administrator)
                .get("/api/v1/keys")
                .json()
                .objects("items")
                .getFirst()
                .number("id")
                .orElseThrow();
        refused(409, api.delete("/api/v1/keys/" + id), "administrator");
        addUser("carla", "admin");
        assertThat(api.delete("/api/v1/keys/" + id).status()).isEqualTo(204);
    }
}
