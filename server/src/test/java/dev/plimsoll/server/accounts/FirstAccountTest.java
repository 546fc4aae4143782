package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.ProblemException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class FirstAccountTest extends AccountsTest {

    @Test
    void givesTheKeyOnce() {
        assertThat(FirstAccount.ensure(jdbi, clock)).isEmpty();
        var principal = principal("Bearer " + operator);
        assertThat(principal.account()).isEqualTo("default");
        assertThat(principal.permissions()).containsExactlyInAnyOrder(Permission.values());
    }

    @Test
    void makesOneWhereSeveralServersStart() throws Exception {
        jdbi.useHandle(handle -> handle.execute("delete from account"));
        int keys = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Optional<String>>>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> FirstAccount.ensure(jdbi, clock));
            }
            for (var done : threads.invokeAll(tasks)) {
                keys += done.get().isPresent() ? 1 : 0;
            }
        }
        assertThat(keys).isEqualTo(1);
    }

    @Test
    void helpsWhoHasTheMachineAndLostTheKeys() {
        jdbi.useHandle(handle -> handle.execute("delete from api_key"));
        accounts.authenticator();
        var key = FirstAccount.renew(jdbi, clock, "acme");
        assertThat(principal("Bearer " + key).account()).isEqualTo("acme");
        assertThatThrownBy(() -> FirstAccount.renew(jdbi, clock, "nobody")).isInstanceOf(ProblemException.class);
    }
}
