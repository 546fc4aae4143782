package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Permission;
import org.junit.jupiter.api.Test;

final class AccountRoutesTest extends AccountsTest {

    @Test
    void addsAccountsWithAnAdministratorOfTheirOwn() {
        var principal = principal("Bearer " + administrator);
        assertThat(principal.account()).isEqualTo("acme");
        assertThat(principal.may(Permission.ADMINISTER_ACCOUNT)).isTrue();
        assertThat(principal.may(Permission.ADMINISTER_SERVICE)).isFalse();
        refused(403, by(administrator).get("/api/v1/accounts"));
        assertThat(each(by(operator).get("/api/v1/accounts"), "name")).containsExactly("acme", "default");
        assertThat(each(by(operator).get("/api/v1/accounts?limit=1"), "name")).containsExactly("acme");
        refused(409, api.post("/api/v1/accounts", "{\"name\":\"acme\"}"));
        refused(400, api.post("/api/v1/accounts", "{\"name\":\"A B\"}"), "/name");
        refused(404, api.get("/api/v1/accounts/nobody"));
    }

    @Test
    void disablesAnAccountAtOnce() {
        assertThat(refusal(administrator)).isEqualTo(200);
        var changed = patch(by(operator), "/api/v1/accounts/acme", "{\"disabled\":true}");
        assertThat(changed.json().string("disabled_at")).hasValue("2026-01-31T12:00:00Z");
        assertThat(refusal(administrator)).isEqualTo(403);
        patch(by(operator), "/api/v1/accounts/acme", "{\"disabled\":false}");
        assertThat(refusal(administrator)).isEqualTo(200);
    }

    @Test
    void deletesAnAccountWithAllThatItHas() {
        addUser("anna", "editor");
        assertThat(by(operator).delete("/api/v1/accounts/acme").status()).isEqualTo(204);
        assertThat(refusal(administrator)).isEqualTo(401);
        // the name of its user is free again
        created(by(operator).post("/api/v1/users", "{\"name\":\"anna\",\"role\":\"viewer\"}"));
        assertThat(api.get("/api/v1/audit").text()).contains("account.delete", "audit_digest");
    }

    @Test
    void keepsTheAccountThatAdministersTheService() {
        refused(409, by(operator).delete("/api/v1/accounts/default"));
        refused(409, patch(api, "/api/v1/accounts/default", "{\"disabled\":true}"));
        assertThat(refusal(operator)).isEqualTo(200);
    }
}
