package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.accounts.AuditLog.Verification;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuditLogTest {

    private final TestClock clock = new TestClock();
    private final AuditLog audit = new AuditLog(clock);
    private static TestDatabase test;
    private static Jdbi jdbi;
    private long account;

    @BeforeAll
    static void create() {
        test = TestDatabase.create();
        jdbi = test.database().jdbi();
    }

    @BeforeEach
    void start() {
        jdbi.useHandle(handle -> handle.execute("delete from account"));
        account = TestApi.account(test.database(), "first");
    }

    @AfterAll
    static void stop() {
        test.close();
    }

    private static Principal principal(long account, String name) {
        return new Principal(account, "a", name, Role.ADMIN.permissions());
    }

    private void add(long accountId, String object) {
        jdbi.useTransaction(handle -> audit.add(
                handle,
                principal(accountId, "anna"),
                "thing.change",
                object,
                new JsonObject(Map.of("to", new JsonString("blue \"é\"")))));
        clock.pass(Duration.ofNanos(1_234_567));
    }

    private void fill(int entries) {
        for (int i = 1; i <= entries; i++) {
            add(account, "thing" + i);
        }
    }

    private Verification verify() {
        return jdbi.withHandle(handle -> AuditLog.verify(handle, account));
    }

    @Test
    void countsEachAccountFromOneWithoutGaps() {
        long other = TestApi.account(test.database(), "second");
        fill(3);
        add(other, "thing");
        add(account, "thing4");
        assertThat(jdbi.<List<AuditLog.Entry>, RuntimeException>withHandle(
                        handle -> AuditLog.before(handle, account, Optional.empty(), 10)))
                .extracting(AuditLog.Entry::sequence)
                .containsExactly(4L, 3L, 2L, 1L);
        assertThat(verify()).isEqualTo(new Verification.Intact(4));
        assertThat(jdbi.<Verification, RuntimeException>withHandle(handle -> AuditLog.verify(handle, other)))
                .isEqualTo(new Verification.Intact(1));
    }

    /// The form as the documentation has it, byte for byte, written anew here.
    @Test
    void hashesTheDocumentedForm() throws Exception {
        fill(2);
        var previous = new byte[32];
        previous = digest(previous, "1", "2026-01-31T12:00:00.000000Z", "thing1");
        previous = digest(previous, "2", "2026-01-31T12:00:00.001234Z", "thing2");
        assertThat(jdbi.<Optional<AuditLog.Head>, RuntimeException>withHandle(handle -> AuditLog.head(handle, account)))
                .hasValue(new AuditLog.Head(2, HexFormat.of().formatHex(previous)));
    }

    private byte[] digest(byte[] previous, String sequence, String at, String object) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (var field : new String[] {
            "plimsoll-audit-1",
            Long.toString(account),
            sequence,
            at,
            "anna",
            "thing.change",
            object,
            "{\"to\":\"blue \\\"é\\\"\"}"
        }) {
            var text = field.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }
        out.writeInt(32);
        out.write(previous);
        return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    }

    @Test
    void leavesNoGapWhereATransactionFails() {
        fill(1);
        try {
            jdbi.useTransaction(handle -> {
                audit.add(handle, principal(account, "anna"), "thing.change", "lost", JsonObject.EMPTY);
                throw new IllegalStateException("the change fails");
            });
        } catch (IllegalStateException _) {
            // as it should
        }
        add(account, "kept");
        assertThat(verify()).isEqualTo(new Verification.Intact(2));
    }

    @Test
    void keepsTheChainWhenManyWriteAtATime() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 60; i++) {
                var object = "thing" + i;
                tasks.add(() -> {
                    add(account, object);
                    return true;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(verify()).isEqualTo(new Verification.Intact(60));
    }

    @Test
    void keepsWhatTextsMayHold() {
        jdbi.useTransaction(handle -> audit.add(
                handle,
                principal(account, "a\0b"),
                "thing.change",
                "half \ud800 of a pair, 世界",
                new JsonObject(Map.of("nul", new JsonString("\0 \ud800")))));
        assertThat(verify()).isEqualTo(new Verification.Intact(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "update audit_event set actor = 'bert' where sequence = 3;3;the entry was changed",
                "update audit_event set action = 'x' where sequence = 3;3;the entry was changed",
                "update audit_event set object = 'x' where sequence = 3;3;the entry was changed",
                "update audit_event set details = '{}' where sequence = 3;3;the entry was changed",
                "update audit_event set at = at + interval '1 microsecond' where sequence = 1;1;the entry was changed",
                "update audit_event set digest = previous where sequence = 3;3;the entry was changed",
                "update audit_event set previous = digest where sequence = 3;3;the entry does not follow the one before",
                "delete from audit_event where sequence = 3;3;the entry is missing",
                "delete from audit_event where sequence = 1;1;the entry is missing",
                "update audit_event set sequence = 9 where sequence = 5;5;the entry is missing",
            })
    void findsTheFirstBrokenPlace(String crime, long place, String reason) {
        fill(5);
        jdbi.useHandle(handle -> handle.execute(crime));
        assertThat(verify()).isEqualTo(new Verification.Broken(place, reason));
    }

    @Test
    void findsEntriesThatWereMovedFromAnotherAccount() {
        long other = TestApi.account(test.database(), "second");
        add(other, "thing");
        jdbi.useHandle(handle -> handle.execute("update audit_event set account_id = ?", account));
        assertThat(verify()).isEqualTo(new Verification.Broken(1, "the entry was changed"));
    }

    /// The chain alone cannot show it; a head that was noted does.
    @Test
    void findsAnEndThatWasRemovedByTheNotedHead() {
        fill(5);
        var head = jdbi.withHandle(handle -> AuditLog.head(handle, account));
        add(account, "thing6");
        assertThat(verify(head)).isEqualTo(new Verification.Intact(6));
        jdbi.useHandle(handle -> handle.execute("delete from audit_event where sequence >= 5"));
        assertThat(verify()).isEqualTo(new Verification.Intact(4));
        assertThat(verify(head)).isEqualTo(new Verification.Broken(5, "the entry is missing: the end was removed"));
        // and written anew in good order
        add(account, "forged");
        assertThat(verify()).isEqualTo(new Verification.Intact(5));
        assertThat(verify(head)).isEqualTo(new Verification.Broken(5, "the entry is another one than was noted"));
    }

    private Verification verify(Optional<AuditLog.Head> head) {
        return jdbi.withHandle(handle -> AuditLog.verify(handle, account, head));
    }

    @Test
    void checksMoreThanAPage() {
        jdbi.useTransaction(handle -> {
            for (int i = 0; i < 2100; i++) {
                audit.add(handle, principal(account, "anna"), "thing.change", "x", JsonObject.EMPTY);
            }
        });
        assertThat(verify()).isEqualTo(new Verification.Intact(2100));
        jdbi.useHandle(handle -> handle.execute("update audit_event set object = 'y' where sequence = 1700"));
        assertThat(verify()).isEqualTo(new Verification.Broken(1700, "the entry was changed"));
    }
}
