package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UserRoutesTest extends AccountsTest {

    @Test
    void keepsUsers() {
        addUser("bert", "viewer");
        addUser("anna", "editor");
        assertThat(each(by(administrator).get("/api/v1/users"), "name")).containsExactly("anna", "bert");
        var page = api.get("/api/v1/users?limit=1");
        assertThat(each(page, "name")).containsExactly("anna");
        assertThat(each(
                        api.get("/api/v1/users?cursor="
                                + page.json().string("next").orElseThrow()),
                        "name"))
                .containsExactly("bert");
        var changed = patch(api, "/api/v1/users/bert", "{\"role\":\"analyst\"}");
        assertThat(changed.json().string("role")).hasValue("analyst");
        assertThat(changed.text()).doesNotContain("argon2");
        assertThat(api.delete("/api/v1/users/bert").status()).isEqualTo(204);
        refused(404, api.get("/api/v1/users/bert"));
        // another account has none of them
        assertThat(each(by(operator).get("/api/v1/users"), "name")).isEmpty();
    }

    @Test
    void takesEachNameOnce() {
        addUser("anna", "editor");
        refused(409, by(administrator).post("/api/v1/users", "{\"name\":\"anna\",\"role\":\"viewer\"}"), "taken");
        refused(409, by(operator).post("/api/v1/users", "{\"name\":\"anna\",\"role\":\"viewer\"}"), "taken");
        for (var bad : new String[] {"", "Anna", "an/na", "an na", "key", "-anna", "x".repeat(101)}) {
            refused(
                    400,
                    by(administrator).post("/api/v1/users", "{\"name\":\"" + bad + "\",\"role\":\"viewer\"}"),
                    "/name");
        }
        refused(400, api.post("/api/v1/users", "{\"name\":\"bert\",\"role\":\"root\"}"), "/role", "analyst");
        refused(400, api.post("/api/v1/users", "{\"name\":\"bert\"}"), "/role");
        refused(
                400,
                api.post("/api/v1/users", "{\"name\":\"bert\",\"role\":\"viewer\",\"password\":\"short\"}"),
                "/password");
    }

    @Test
    void disablesAtOnce() {
        addUser("anna", "editor");
        var key = key(created(byPassword("anna").post("/api/v1/keys", "{\"name\":\"laptop\"}")));
        assertThat(refusal(key)).isEqualTo(200);
        patch(by(administrator), "/api/v1/users/anna", "{\"disabled\":true}");
        assertThat(refusal(key)).isEqualTo(403);
        patch(by(administrator), "/api/v1/users/anna", "{\"disabled\":false}");
        assertThat(refusal(key)).isEqualTo(200);
        by(administrator).delete("/api/v1/users/anna");
        assertThat(refusal(key)).isEqualTo(401);
    }

    @Test
    void writesNothingWhereNothingChanges() {
        addUser("anna", "editor");
        long entries = jdbi.withHandle(handle -> handle.createQuery("select count(*) from audit_event")
                .mapTo(Long.class)
                .one());
        assertThat(patch(by(administrator), "/api/v1/users/anna", "{\"role\":\"editor\",\"disabled\":false}")
                        .status())
                .isEqualTo(200);
        assertThat(jdbi.<Long, RuntimeException>withHandle(
                        handle -> handle.createQuery("select count(*) from audit_event")
                                .mapTo(Long.class)
                                .one()))
                .isEqualTo(entries);
    }

    @Test
    void keepsTheLastAdministrator() {
        addUser("anna", "admin");
        var id = by(administrator)
                .get("/api/v1/keys")
                .json()
                .objects("items")
                .getFirst()
                .number("id")
                .orElseThrow();
        assertThat(api.delete("/api/v1/keys/" + id).status()).isEqualTo(204);
        refused(409, byPassword("anna").delete("/api/v1/users/anna"), "administrator");
        refused(409, patch(api, "/api/v1/users/anna", "{\"role\":\"editor\"}"), "administrator");
        refused(409, patch(api, "/api/v1/users/anna", "{\"disabled\":true}"), "administrator");
        assertThat(api.get("/api/v1/users/anna").json().string("role")).hasValue("admin");
        // a second one without a password is none; one with a key without an end is
        created(api.post("/api/v1/users", "{\"name\":\"bert\",\"role\":\"admin\"}"));
        refused(409, api.delete("/api/v1/users/anna"), "administrator");
        created(api.post(
                "/api/v1/keys", "{\"name\":\"short\",\"user\":\"bert\",\"expires_at\":\"2026-03-01T00:00:00Z\"}"));
        created(api.post("/api/v1/keys", "{\"name\":\"narrow\",\"user\":\"bert\",\"permissions\":[\"read_audit\"]}"));
        refused(409, api.delete("/api/v1/users/anna"), "administrator");
        created(api.post("/api/v1/keys", "{\"name\":\"real\",\"user\":\"bert\"}"));
        assertThat(api.delete("/api/v1/users/anna").status()).isEqualTo(204);
    }

    /// A key of an administrator with a narrow scope is no way to a wide one.
    @Test
    void letsNobodyGiveWhatHeHasNot() {
        var whole = principal("Bearer " + administrator);
        var narrow = new Principal(
                whole.accountId(), "acme", whole.name(), Set.of(Permission.KNOWN, Permission.ADMINISTER_ACCOUNT));
        addUser("anna", "admin");
        api.as(narrow);
        refused(403, api.post("/api/v1/users", "{\"name\":\"eve\",\"role\":\"admin\"}"), "read_images");
        refused(403, patch(api, "/api/v1/users/anna", "{\"password\":\"known to the thief\"}"));
        refused(403, api.delete("/api/v1/users/anna"));
        refused(403, api.post("/api/v1/keys", "{\"name\":\"k\",\"for_account\":true,\"role\":\"admin\"}"));
        byPassword("anna");
        // nor to take away from who has more
        var reading = new HashSet<>(Role.VIEWER.permissions());
        reading.add(Permission.ADMINISTER_ACCOUNT);
        api.as(new Principal(whole.accountId(), "acme", whole.name(), reading));
        refused(403, patch(api, "/api/v1/users/anna", "{\"role\":\"viewer\"}"), "write_images");
    }
}
