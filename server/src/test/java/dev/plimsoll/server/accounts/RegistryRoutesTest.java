package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.registry.Credential;
import dev.plimsoll.image.registry.Secret;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.secrets.SecretException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RegistryRoutesTest extends AccountsTest {

    private static final String BODY = "{\"username\":\"robot\",\"password\":\"hunter2 hunter2\"}";

    private long acme() {
        return principal("Bearer " + administrator).accountId();
    }

    @Test
    void keepsCredentialsAndNeverShowsThem() {
        var set = by(administrator).put("/api/v1/registries/registry.example:5000", BODY);
        created(set);
        var list = api.get("/api/v1/registries");
        assertThat(each(list, "registry")).containsExactly("registry.example:5000");
        assertThat(set.text() + list.text() + api.get("/api/v1/audit").text()).doesNotContain("hunter2");
        var sealed = jdbi.withHandle(handle -> handle.createQuery("select secret from registry_credential")
                .mapTo(byte[].class)
                .one());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
        assertThat(accounts.registries().of(acme(), "Registry.example:5000"))
                .hasValue(new Credential.Basic("robot", Secret.of("hunter2 hunter2")));
        assertThat(accounts.registries().of(acme(), "registry.example")).isEmpty();
        assertThat(accounts.registries().of(principal("Bearer " + operator).accountId(), "registry.example:5000"))
                .isEmpty();
        assertThat(api.delete("/api/v1/registries/registry.example:5000").status())
                .isEqualTo(204);
        assertThat(accounts.registries().of(acme(), "registry.example:5000")).isEmpty();
        refused(404, api.delete("/api/v1/registries/registry.example:5000"));
    }

    @Test
    void writesNothingWhereNothingChanges() {
        created(by(administrator).put("/api/v1/registries/a.example", BODY));
        assertThat(api.put("/api/v1/registries/a.example", BODY).status()).isEqualTo(200);
        assertThat(each(api.get("/api/v1/audit"), "action")).containsOnlyOnce("registry.set");
        assertThat(api.put(
                                "/api/v1/registries/a.example",
                                "{\"username\":\"robot\",\"password\":\"other\",\"insecure\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(each(api.get("/api/v1/audit"), "action"))
                .filteredOn("registry.set"::equals)
                .hasSize(2);
        assertThat(accounts.registries().insecure(acme())).containsExactly("a.example");
    }

    @Test
    void knowsTheNamesOfDockerHub() {
        created(by(administrator).put("/api/v1/registries/index.docker.io", BODY));
        assertThat(each(api.get("/api/v1/registries"), "registry")).containsExactly("docker.io");
        assertThat(accounts.registries().of(acme(), "docker.io")).isPresent();
        assertThat(accounts.registries().of(acme(), "registry-1.docker.io")).isPresent();
    }

    @Test
    void refusesWhatIsNoRegistry() {
        for (var bad : new String[] {"https:%2F%2Fa", "a%20b", "a%2Fb", "-a", "a:port", "a:", "%00"}) {
            refused(400, by(administrator).put("/api/v1/registries/" + bad, BODY), "registry");
        }
        refused(400, api.put("/api/v1/registries/a", "{\"username\":\"robot\"}"), "/password");
        refused(400, api.put("/api/v1/registries/a", "{\"username\":\"ro\\nbot\",\"password\":\"x\"}"), "/username");
    }

    /// A row that is moved to another account does not open there.
    @Test
    void sealsForTheAccountAndTheRegistry() {
        created(by(administrator).put("/api/v1/registries/a.example", BODY));
        long other = principal("Bearer " + operator).accountId();
        jdbi.useHandle(handle -> handle.execute("update registry_credential set account_id = ?", other));
        assertThatThrownBy(() -> accounts.registries().of(other, "a.example")).isInstanceOf(SecretException.class);
    }

    @Test
    void takesAPasswordAnewWhereTheKeyWasLost() {
        created(by(administrator).put("/api/v1/registries/a.example", BODY));
        var key = new byte[SecretBox.KEY_LENGTH];
        key[0] = 1;
        var later = new Accounts(jdbi, new SecretBox(key), clock);
        assertThatThrownBy(() -> later.registries().of(acme(), "a.example"))
                .isInstanceOf(SecretException.class)
                .hasMessageNotContaining("hunter2");
        assertThat(new dev.plimsoll.server.testing.TestApi(later.routes())
                        .as(principal("Bearer " + administrator))
                        .put("/api/v1/registries/a.example", BODY)
                        .status())
                .isEqualTo(200);
        assertThat(later.registries().of(acme(), "a.example")).isPresent();
    }
}
