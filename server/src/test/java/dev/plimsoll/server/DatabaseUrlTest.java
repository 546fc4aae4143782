package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import dev.plimsoll.server.store.Database;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {

    private static Database.Address read(String url, Map<String, String> variables) {
        return DatabaseUrl.address(Configuration.of(Map.of("database-url", url), variables, Optional.empty()), 7);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db/plimsoll, jdbc:postgresql://db:5432/plimsoll, plimsoll, ''",
        "postgres://me@db:6000/x, jdbc:postgresql://db:6000/x, me, ''",
        "jdbc:postgresql://me:p%40ss%3A+@db/x?sslmode=require, jdbc:postgresql://db:5432/x?sslmode=require, me, p@ss:+",
        "postgresql://db/x?user=me&password=a%26b&sslmode=require, jdbc:postgresql://db:5432/x?sslmode=require, me, a&b",
        "postgresql://[::1]:6000/x, jdbc:postgresql://[::1]:6000/x, plimsoll, ''"
    })
    void readsWhatTheToolsOfPostgresTake(String url, String jdbc, String user, String password) {
        assertThat(read(url, Map.of())).isEqualTo(new Database.Address(jdbc, user, password, 7));
    }

    @Test
    void takesThePasswordOfItsOwnSettingFirst() {
        var address = read("postgresql://me:one@db/x", Map.of("PLIMSOLL_SERVER_DATABASE_PASSWORD", "two"));
        assertThat(address.password()).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:hunter2@db/x",
                "postgresql://me:hunter2@db",
                "postgresql://me:hunter2@db/",
                "postgresql://me:hunter2@/x",
                "postgresql://me:hunter2%@db/x",
                "me:hunter2"
            })
    void refusesOthersWithoutShowingThem(String url) {
        assertThatThrownBy(() -> read(url, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("database-url (flag --database-url)")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:hunter2@db/x",
                "postgresql://me:hunter2/@x@db/x?sslmode=require",
                "postgresql://db/x?password=hunter2&sslmode=require",
                "postgresql://db/x?sslmode=require&sslpassword=hunter2"
            })
    void isShownWithoutPasswords(String url) {
        assertThat(DatabaseUrl.shown(url))
                .doesNotContain("hunter2")
                .contains("db/x")
                .contains("(secret)");
        assertThat(DatabaseUrl.shown("postgresql://me@db:1/x?sslmode=require"))
                .isEqualTo("postgresql://me@db:1/x?sslmode=require");
    }

    @Test
    void anAddressInAMessageHasNoOptions() {
        assertThat(read("postgresql://db/x?sslpassword=hunter2", Map.of()).toString())
                .isEqualTo("jdbc:postgresql://db:5432/x as plimsoll");
    }
}
