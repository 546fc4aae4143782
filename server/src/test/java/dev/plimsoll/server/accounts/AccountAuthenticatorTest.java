package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountAuthenticatorTest {

    private static final String PASSWORD = "correct horse: battery";
    private static final String ADDRESS = "192.0.2.1";

    private static TestDatabase test;
    private static Jdbi jdbi;

    private final TestClock clock = new TestClock();
    private final Passwords passwords = new Passwords(64, 1, 1);
    private Accounts accounts;
    private AccountRow account;
    private MemberRow anna;

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
        accounts = new Accounts(jdbi, new SecretBox(new byte[32]), clock, passwords);
        account = jdbi.withHandle(handle -> AccountRow.add(handle, "acme", false, clock.instant()))
                .orElseThrow();
        anna = jdbi.withHandle(handle -> MemberRow.add(
                        handle, account.id(), "anna", passwords.hash(PASSWORD), Role.EDITOR, clock.instant()))
                .orElseThrow();
    }

    private KeyText key(Optional<Long> member, Role role, Set<Permission> scope, Instant end) {
        var key = KeyText.random();
        jdbi.useHandle(handle -> KeyRow.add(
                handle,
                new KeyRow.Wanted(
                        account.id(),
                        member,
                        "k",
                        role,
                        scope.isEmpty() ? Optional.empty() : Optional.of(scope),
                        false,
                        Optional.of(end)),
                key,
                clock.instant()));
        return key;
    }

    private KeyText key() {
        return key(Optional.of(anna.id()), Role.EDITOR, Set.of(), Instant.parse("2027-01-01T00:00:00Z"));
    }

    private Principal bearer(String key) {
        return accounts.authenticator().authenticate(Map.of("authorization", "Bearer " + key), ADDRESS);
    }

    private Principal basic(String user, String password) {
        return accounts.authenticator()
                .authenticate(
                        Map.of(
                                "authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        (user + ":" + password).getBytes(StandardCharsets.UTF_8))),
                        ADDRESS);
    }

    private static ProblemException refused(int status, Runnable asking) {
        var problem = catchThrowableOfType(ProblemException.class, asking::run);
        assertThat(problem).isNotNull();
        assertThat(problem.status()).as(problem.detail()).isEqualTo(status);
        return problem;
    }

    private void sql(String text) {
        jdbi.useHandle(handle -> handle.execute(text));
    }

    @Test
    void knowsNobodyWhoSaysNothing() {
        assertThat(accounts.authenticator().authenticate(Map.of(), ADDRESS)).isEqualTo(Principal.NOBODY);
    }

    @Test
    void knowsAKeyAndAPassword() {
        var key = key();
        assertThat(bearer(key.reveal()))
                .isEqualTo(new Principal(account.id(), "acme", "anna/" + key.prefix(), Role.EDITOR.permissions()));
        assertThat(basic("anna", PASSWORD))
                .isEqualTo(new Principal(account.id(), "acme", "anna", Role.EDITOR.permissions()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer plk_abcdefghij_0123456789012345678901234567890123456789012",
                "Basic",
                "Basic ?",
                "Basic YW5uYQ==",
                "Digest username=anna",
                "Negotiate x",
            })
    void refusesWhatIsNone(String header) {
        refused(401, () -> accounts.authenticator().authenticate(Map.of("authorization", header), ADDRESS));
    }

    @Test
    void refusesAKeyWithAnotherSecret() {
        var key = key();
        var problem = refused(
                401, () -> bearer(new KeyText(key.prefix(), KeyText.random().secret()).reveal()));
        assertThat(problem.detail()).doesNotContain(key.secret());
    }

    @Test
    void refusesAKeyFromItsEndOnAndNoLaterThanThat() {
        var key = key(
                Optional.of(anna.id()), Role.EDITOR, Set.of(), clock.instant().plusSeconds(3));
        bearer(key.reveal());
        clock.pass(Duration.ofSeconds(2));
        bearer(key.reveal());
        clock.pass(Duration.ofSeconds(1));
        assertThat(refused(401, () -> bearer(key.reveal())).detail()).contains("expired at 2026-01-31T12:00:03Z");
    }

    @Test
    void forgetsWithinTheBoundWhatAnotherServerRevoked() {
        var key = key();
        bearer(key.reveal());
        sql("update api_key set revoked_at = now()");
        // remembered
        clock.pass(AccountAuthenticator.REVOCATION_DELAY.minusMillis(1));
        bearer(key.reveal());
        clock.pass(Duration.ofMillis(1));
        assertThat(refused(401, () -> bearer(key.reveal())).detail()).contains("revoked");
    }

    @Test
    void refusesTheDisabledWhoProvedWhoTheyAre() {
        var key = key();
        sql("update member set disabled_at = now()");
        refused(403, () -> bearer(key.reveal()));
        refused(403, () -> basic("anna", PASSWORD));
        sql("update member set disabled_at = null");
        sql("update account set disabled_at = now()");
        assertThat(refused(403, () -> bearer(key.reveal())).detail()).contains("acme is disabled");
        refused(403, () -> basic("anna", PASSWORD));
        // who did not prove it learns nothing
        refused(401, () -> basic("anna", "another password"));
    }

    @Test
    void givesAKeyNoMoreThanRoleScopeAndOwnerHave() {
        var end = Instant.parse("2027-01-01T00:00:00Z");
        var scoped = key(
                Optional.of(anna.id()),
                Role.EDITOR,
                Set.of(Permission.READ_IMAGES, Permission.ADMINISTER_ACCOUNT),
                end);
        assertThat(bearer(scoped.reveal()).permissions())
                .containsExactlyInAnyOrder(Permission.NONE, Permission.KNOWN, Permission.READ_IMAGES);
        var high = key(Optional.of(anna.id()), Role.ADMIN, Set.of(), end);
        assertThat(bearer(high.reveal()).permissions()).isEqualTo(Role.EDITOR.permissions());
        sql("update member set role = 'viewer'");
        clock.pass(AccountAuthenticator.REVOCATION_DELAY);
        assertThat(bearer(high.reveal()).permissions()).isEqualTo(Role.VIEWER.permissions());
        var ofAccount = key(Optional.empty(), Role.CI, Set.of(), end);
        assertThat(bearer(ofAccount.reveal()).name()).isEqualTo("key/" + ofAccount.prefix());
        assertThat(bearer(ofAccount.reveal()).permissions()).isEqualTo(Role.CI.permissions());
    }

    @Test
    void givesTheServiceToAdministratorsOfTheAccountThatHasIt() {
        var admin = key(Optional.empty(), Role.ADMIN, Set.of(), Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(bearer(admin.reveal()).may(Permission.WRITE_DATA)).isFalse();
        sql("update account set administers_service = true");
        clock.pass(AccountAuthenticator.REVOCATION_DELAY);
        assertThat(bearer(admin.reveal()).permissions()).contains(Permission.WRITE_DATA, Permission.ADMINISTER_SERVICE);
        assertThat(basic("anna", PASSWORD).may(Permission.ADMINISTER_SERVICE)).isFalse();
    }

    /// Neither Argon2id nor a query for each of many requests.
    @Test
    void remembersWhomItProved() {
        basic("anna", PASSWORD);
        long computed = passwords.computed();
        var hash = anna.passwordHash().orElseThrow();
        var other = passwords.hash("another password");
        sql("update member set password_hash = '" + other + "'");
        for (int i = 0; i < 100; i++) {
            // a query would see the other hash
            basic("anna", PASSWORD);
        }
        sql("update member set password_hash = '" + hash + "'");
        // later the row is read again; the hash is the same, so it is not computed again
        clock.pass(AccountAuthenticator.REVOCATION_DELAY);
        basic("anna", PASSWORD);
        assertThat(passwords.computed()).isEqualTo(computed + 1);
        sql("update member set password_hash = '" + other + "'");
        clock.pass(AccountAuthenticator.REVOCATION_DELAY);
        refused(401, () -> basic("anna", PASSWORD));
    }

    /// A client that begins with many requests at a time is no guesser.
    @Test
    void takesManyFirstRequestsForOneLogin() throws Exception {
        long before = passwords.computed();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Principal>>();
            for (int i = 0; i < 30; i++) {
                tasks.add(() -> basic("anna", PASSWORD));
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get().name()).isEqualTo("anna");
            }
        }
        assertThat(passwords.computed()).isEqualTo(before + 1);
    }

    @Test
    void costsTheSameForNobody() {
        long before = passwords.computed();
        refused(401, () -> basic("nobody-is-called-so", PASSWORD));
        assertThat(passwords.computed()).isEqualTo(before + 1);
        refused(401, () -> basic("anna", "another password"));
        assertThat(passwords.computed()).isEqualTo(before + 2);
        sql("update member set password_hash = null");
        refused(401, () -> basic("anna", PASSWORD));
        assertThat(passwords.computed()).isEqualTo(before + 3);
        refused(401, () -> basic("an\0na", PASSWORD));
    }

    @Test
    void blocksWhoGuesses() {
        for (int i = 0; i < LoginThrottle.FREE_OF_MEMBER; i++) {
            int guess = i;
            refused(401, () -> basic("anna", "another password" + guess));
        }
        long computed = passwords.computed();
        refused(429, () -> basic("anna", PASSWORD));
        assertThat(passwords.computed()).isEqualTo(computed);
        clock.pass(LoginThrottle.FIRST_BLOCK);
        basic("anna", PASSWORD);
        assertThat(jdbi.<Long, RuntimeException>withHandle(
                        handle -> handle.createQuery("select count(*) from login_failure where subject = 'member:anna'")
                                .mapTo(Long.class)
                                .one()))
                .isZero();
    }

    @Test
    void hashesAnewWhatHasOtherParameters() {
        sql("update member set password_hash = '" + new Passwords(32, 2, 1).hash(PASSWORD) + "'");
        basic("anna", PASSWORD);
        var renewed = jdbi.withHandle(handle -> MemberRow.byName(handle, "anna"))
                .orElseThrow()
                .passwordHash()
                .orElseThrow();
        assertThat(passwords.isOutdated(renewed)).isFalse();
        assertThat(passwords.matches(PASSWORD, Optional.of(renewed))).isTrue();
    }

    @Test
    void writesTheLastUseOnceAMinute() {
        var key = key();
        bearer(key.reveal());
        assertThat(lastUse()).isEqualTo("2026-01-31T12:00:00Z");
        clock.pass(Duration.ofSeconds(50));
        bearer(key.reveal());
        assertThat(lastUse()).isEqualTo("2026-01-31T12:00:00Z");
        clock.pass(Duration.ofSeconds(10));
        bearer(key.reveal());
        assertThat(lastUse()).isEqualTo("2026-01-31T12:01:00Z");
    }

    private String lastUse() {
        return jdbi.withHandle(handle -> KeyRow.after(handle, account.id(), Optional.empty(), 0, 1))
                .getFirst()
                .lastUsedAt()
                .orElseThrow()
                .toString();
    }
}
