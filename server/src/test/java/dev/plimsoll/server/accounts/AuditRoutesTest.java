package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AuditRoutesTest extends AccountsTest {

    @Test
    void showsWhatWasDoneByWhom() {
        addUser("anna", "editor");
        created(by(administrator).post("/api/v1/keys", "{\"name\":\"ci\",\"for_account\":true,\"role\":\"ci\"}"));
        by(administrator).delete("/api/v1/users/anna");
        var log = api.get("/api/v1/audit");
        assertThat(each(log, "action")).containsExactly("user.delete", "key.create", "user.create", "key.create");
        assertThat(each(log, "actor").getFirst())
                .isEqualTo(principal("Bearer " + administrator).name());
        assertThat(each(log, "actor").getLast()).startsWith("default:key/");
        assertThat(log.json().objects("items").get(2).object("details").string("role"))
                .hasValue("editor");
        var page = api.get("/api/v1/audit?limit=3");
        assertThat(each(
                        api.get("/api/v1/audit?cursor="
                                + page.json().string("next").orElseThrow()),
                        "action"))
                .containsExactly("key.create");
    }

    @Test
    void tellsTheHeadAndVerifiesAgainstIt() {
        addUser("anna", "editor");
        var head = by(administrator).get("/api/v1/audit").json().object("head");
        var query = "?sequence=" + head.number("sequence").orElseThrow() + "&digest="
                + head.string("digest").orElseThrow();
        assertThat(api.get("/api/v1/audit/verification" + query).text().strip())
                .isEqualTo("{\"intact\":true,\"entries\":2}");
        jdbi.useHandle(handle -> handle.execute("delete from audit_event where action = 'user.create'"));
        assertThat(api.get("/api/v1/audit/verification").text().strip()).isEqualTo("{\"intact\":true,\"entries\":1}");
        assertThat(api.get("/api/v1/audit/verification" + query).text())
                .contains("\"intact\":false", "\"sequence\":2", "the end was removed");
        refused(400, api.get("/api/v1/audit/verification?sequence=1"), "digest");
    }

    @Test
    void showsDetailsThatSomebodyDamaged() {
        jdbi.useHandle(handle -> handle.execute("update audit_event set details = '{'"));
        assertThat(by(administrator)
                        .get("/api/v1/audit")
                        .json()
                        .objects("items")
                        .getFirst()
                        .string("details"))
                .hasValue("{");
        assertThat(api.get("/api/v1/audit/verification").text()).contains("the entry was changed");
    }
}
