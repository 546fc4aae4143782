package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoginThrottleTest {

    private final TestClock clock = new TestClock();
    private static TestDatabase test;
    private static Jdbi jdbi;
    private LoginThrottle throttle;

    @BeforeAll
    static void create() {
        test = TestDatabase.create();
        jdbi = test.database().jdbi();
    }

    @BeforeEach
    void start() {
        jdbi.useHandle(handle -> handle.execute("delete from login_failure"));
        throttle = new LoginThrottle(jdbi, clock);
    }

    @AfterAll
    static void stop() {
        test.close();
    }

    private long blocked(String user, String address) {
        var problem = catchThrowableOfType(ProblemException.class, () -> throttle.attempt(user, address));
        assertThat(problem).as("%s from %s", user, address).isNotNull();
        assertThat(problem.status()).isEqualTo(429);
        return problem.retryAfter().orElseThrow().toSeconds();
    }

    private void fail(String user, String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.attempt(user, address);
        }
    }

    @Test
    void blocksAUserLongerWithEachFailure() {
        fail("anna", "192.0.2.1", LoginThrottle.FREE_OF_MEMBER);
        assertThat(blocked("anna", "192.0.2.2")).isEqualTo(2);
        // a blocked attempt is no failure
        assertThat(blocked("anna", "192.0.2.2")).isEqualTo(2);
        clock.pass(Duration.ofSeconds(2));
        throttle.attempt("anna", "192.0.2.2");
        assertThat(blocked("anna", "192.0.2.2")).isEqualTo(4);
        clock.pass(Duration.ofSeconds(4));
        throttle.attempt("anna", "192.0.2.2");
        assertThat(blocked("anna", "192.0.2.2")).isEqualTo(8);
        // others are not concerned
        throttle.attempt("bert", "192.0.2.2");
    }

    @Test
    void blocksNoLongerThanItsLimit() {
        assertThat(LoginThrottle.block(0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(LoginThrottle.block(8)).isEqualTo(Duration.ofSeconds(512));
        assertThat(LoginThrottle.block(9)).isEqualTo(LoginThrottle.LONGEST_BLOCK);
        assertThat(LoginThrottle.block(Integer.MAX_VALUE)).isEqualTo(LoginThrottle.LONGEST_BLOCK);
    }

    @Test
    void blocksAnAddressThatTriesManyUsers() {
        for (int i = 0; i < LoginThrottle.FREE_OF_ADDRESS; i++) {
            throttle.attempt("user" + i, "192.0.2.1");
        }
        assertThat(blocked("anybody", "192.0.2.1")).isEqualTo(2);
        throttle.attempt("anybody", "192.0.2.2");
    }

    @Test
    void countsAnIpv6CustomerAsOne() {
        for (int i = 0; i < LoginThrottle.FREE_OF_ADDRESS; i++) {
            throttle.attempt("user" + i, "2001:db8:1:2::" + Integer.toHexString(i));
        }
        assertThat(blocked("anybody", "2001:db8:1:2:ffff::1")).isEqualTo(2);
        throttle.attempt("anybody", "2001:db8:1:3::1");
    }

    @Test
    void forgetsAUserThatLoggedIn() {
        fail("anna", "192.0.2.1", LoginThrottle.FREE_OF_MEMBER - 1);
        throttle.attempt("anna", "192.0.2.1");
        throttle.succeeded("anna", "192.0.2.1");
        fail("anna", "192.0.2.1", LoginThrottle.FREE_OF_MEMBER);
    }

    /// Between two guesses he logs in as himself: his address is blocked all the same.
    @Test
    void doesNotForgetTheAddressOfWhoGuessesBetweenHisOwnLogins() {
        int guesses = 0;
        while (guesses < 2 * LoginThrottle.FREE_OF_ADDRESS) {
            try {
                throttle.attempt("victim" + guesses, "192.0.2.1");
                guesses++;
                throttle.attempt("himself", "192.0.2.1");
                throttle.succeeded("himself", "192.0.2.1");
            } catch (ProblemException _) {
                break;
            }
        }
        assertThat(guesses).isLessThanOrEqualTo(LoginThrottle.FREE_OF_ADDRESS);
    }

    @Test
    void forgetsAfterAWhile() {
        fail("anna", "192.0.2.1", LoginThrottle.FREE_OF_MEMBER - 1);
        clock.pass(LoginThrottle.MEMORY.plusSeconds(1));
        fail("anna", "192.0.2.1", LoginThrottle.FREE_OF_MEMBER);
        clock.pass(LoginThrottle.MEMORY.plusSeconds(1));
        throttle.forget();
        assertThat(jdbi.<Long, RuntimeException>withHandle(
                        handle -> handle.createQuery("select count(*) from login_failure")
                                .mapTo(Long.class)
                                .one()))
                .isZero();
    }

    @Test
    void holdsOverSeveralServers() {
        fail("anna", "192.0.2.1", LoginThrottle.FREE_OF_MEMBER);
        var other = new LoginThrottle(jdbi, clock);
        assertThatThrownBy(() -> other.attempt("anna", "192.0.2.9")).isInstanceOf(ProblemException.class);
    }

    /// Who asks many times at once, from many places, has no more attempts than who asks one after the
    /// other.
    @Test
    void countsAttemptsBeforeTheyAreTried() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 40; i++) {
                var address = "192.0.2." + i;
                tasks.add(() -> {
                    try {
                        throttle.attempt("anna", address);
                        return true;
                    } catch (ProblemException _) {
                        return false;
                    }
                });
            }
            int passed = 0;
            for (var done : threads.invokeAll(tasks)) {
                passed += done.get() ? 1 : 0;
            }
            assertThat(passed).isEqualTo(LoginThrottle.FREE_OF_MEMBER);
        }
    }

    @Test
    void takesAnyName() {
        throttle.attempt("a\0b" + "x".repeat(100_000), "unix:socket");
        throttle.attempt("", "");
    }
}
