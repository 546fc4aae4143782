package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.server.http.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against hashes of the reference implementation: some that it made once, and some that it makes in
/// the test.
final class PasswordsTest {

    private static final Passwords PASSWORDS = new Passwords();

    /// Made by argon2-cffi 25.1.0, which is the reference implementation in C behind Python.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "correct_horse_battery"
                        + " $argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$69I7qCjDTsQwhQqFvpQJiqEI0lGQvxC84fXE0Ktxca4",
                "Grüße,_世界"
                        + " $argon2id$v=19$m=64,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$buGq1IbTNK0wOJWYrt0D3OUeoR7Wo/YcPcL6UszYIZA",
            })
    void takesTheHashesOfTheReferenceImplementation(String password, String hash) {
        var real = password.replace('_', ' ');
        assertThat(PASSWORDS.matches(real, Optional.of(hash))).isTrue();
        assertThat(PASSWORDS.matches(real + "x", Optional.of(hash))).isFalse();
    }

    @Test
    void makesTheHashOfTheReferenceImplementation() {
        assertThat(PASSWORDS.hash("correct horse battery", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
                        + "$69I7qCjDTsQwhQqFvpQJiqEI0lGQvxC84fXE0Ktxca4");
    }

    /// The reference implementation verifies ours, and hashes random passwords as we do.
    @Test
    void agreesWithTheReferenceImplementation() throws Exception {
        needed(python("import argon2", List.of()).isPresent(), "python3 with argon2 (python3-argon2)");
        var random = new Random(11);
        for (int i = 0; i < 12; i++) {
            var passwords = new Passwords(32 + random.nextInt(500), 1 + random.nextInt(3), 1 + random.nextInt(3));
            var password = random.ints(1 + random.nextInt(60), 0x20, 0x2ff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var normal = java.text.Normalizer.normalize(password, java.text.Normalizer.Form.NFC);
            var ours = passwords.hash(password);
            var encoded = Base64.getEncoder().encodeToString(normal.getBytes(StandardCharsets.UTF_8));
            assertThat(python("""
                            import sys, base64, argon2.low_level as a
                            print(a.verify_secret(sys.argv[1].encode(), base64.b64decode(sys.argv[2]), a.Type.ID))
                            """, List.of(ours, encoded)))
                    .as("%s of %s", ours, normal)
                    .hasValue("True");
            var theirs = python("""
                            import sys, base64, argon2.low_level as a
                            m, t, p = (int(x.split('=')[1]) for x in sys.argv[1].split('$')[3].split(','))
                            print(a.hash_secret(base64.b64decode(sys.argv[2]), b'0123456789abcdef', t, m, p, 32,
                                a.Type.ID, 19).decode())
                            """, List.of(ours, encoded)).orElseThrow();
            assertThat(passwords.hash(password, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(theirs);
            assertThat(passwords.matches(password, Optional.of(theirs))).isTrue();
        }
    }

    /// What the program printed; empty where it failed.
    private static Optional<String> python(String program, List<String> arguments) throws InterruptedException {
        var command = new ArrayList<>(List.of("python3", "-W", "ignore", "-c", program));
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static void needed(boolean there, String what) {
        if (!there) {
            System.err.println("SKIPPED: PasswordsTest needs " + what);
        }
        assumeTrue(there, "needs " + what);
    }

    @Test
    void saltsEachHash() {
        var cheap = new Passwords(64, 1, 1);
        assertThat(cheap.hash("the same password")).isNotEqualTo(cheap.hash("the same password"));
    }

    @Test
    void writesItsParametersAndKnowsThoseOfOthers() {
        var hash = PASSWORDS.hash("correct horse battery");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PASSWORDS.isOutdated(hash)).isFalse();
        assertThat(PASSWORDS.isOutdated(new Passwords(9216, 4, 1).hash("correct horse battery")))
                .isTrue();
        assertThat(PASSWORDS.matches(
                        "correct horse battery", Optional.of(new Passwords(64, 3, 2).hash("correct horse battery"))))
                .isTrue();
    }

    /// One letter, two ways to type it.
    @Test
    void takesAPasswordFromWhateverKeyboard() {
        var cheap = new Passwords(64, 1, 1);
        assertThat(cheap.matches("Gru\u0308\u00dfe an alle", Optional.of(cheap.hash("Gr\u00fc\u00dfe an alle"))))
                .isTrue();
    }

    @Test
    void paysForNobodyAsForSomebody() {
        var passwords = new Passwords(64, 1, 1);
        assertThat(passwords.matches("whatever it is", Optional.empty())).isFalse();
        assertThat(passwords.computed()).isEqualTo(1);
        assertThat(passwords.matches("whatever it is", Optional.of("no hash"))).isFalse();
        assertThat(passwords.computed()).isEqualTo(2);
    }

    @Test
    void hashesOnManyThreads() throws Exception {
        var passwords = new Passwords(256, 2, 2);
        var hash = passwords.hash("correct horse battery");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 100; i++) {
                var password = i % 2 == 0 ? "correct horse battery" : "wrong horse battery" + i;
                boolean right = i % 2 == 0;
                tasks.add(() -> passwords.matches(password, Optional.of(hash)) == right);
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "elevenchars", "anna@example.org"})
    void refusesBadPasswords(String password) {
        assertThatThrownBy(() -> Passwords.demandGood(password, "anna@example.org", "/password"))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("/password: ");
    }

    @Test
    void takesLongPasswordsUpToItsLimit() {
        Passwords.demandGood("x".repeat(Passwords.LONGEST), "anna", "/password");
        Passwords.demandGood("x".repeat(Passwords.SHORTEST), "anna", "/password");
        assertThatThrownBy(() -> Passwords.demandGood("x".repeat(Passwords.LONGEST + 1), "anna", "/password"))
                .isInstanceOf(ProblemException.class);
    }
}
