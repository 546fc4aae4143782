package dev.plimsoll.server.accounts;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.plimsoll.server.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// Hashes passwords with Argon2id. Safe for several threads; no more than {@link #AT_A_TIME} hashes are
/// computed at a time, for each takes its memory.
///
/// Sources: RFC 9106 (Argon2), 3.1 and 4 for the lengths of salt and tag; OWASP Password Storage Cheat
/// Sheet, "Argon2id", for memory, passes and lanes. The hash's text carries its parameters
/// (`$argon2id$v=19$m=…,t=…,p=…$…`, the form of the reference implementation), so that they may be
/// raised: a login hashes anew what has others.
public final class Passwords {

    /// In KiB.
    static final int MEMORY = 19_456;

    static final int PASSES = 2;
    static final int LANES = 1;

    /// In bytes.
    static final int TAG_LENGTH = 32;

    static final int SALT_LENGTH = 16;

    /// In characters. Source: NIST SP 800-63B, 3.1.1.2: length counts, no rules of composition.
    static final int SHORTEST = 12;

    static final int LONGEST = 256;

    static final int AT_A_TIME = 2;

    /// How long a login waits for its turn.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Nobody's password: it is hashed against where there is no user of a name, so that it takes the
    /// same time.
    private static final String NOBODY = "$argon2id$v=19$m=" + MEMORY + ",t=" + PASSES + ",p=" + LANES
            + "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=[0-9]{1,7},t=[0-9]{1,3},p=[0-9]{1,3}\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{16,172}");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    private final AtomicLong computed = new AtomicLong();
    private final String parameters;
    private final Argon2Function function;

    public Passwords() {
        this(MEMORY, PASSES, LANES);
    }

    /// With other parameters, as a version before or after this one has them.
    Passwords(int memory, int passes, int lanes) {
        parameters = "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes + "$";
        function = Argon2Function.getInstance(
                memory, passes, lanes, TAG_LENGTH, Argon2.ID, Argon2Function.ARGON2_VERSION_13);
    }

    /// Whether it may be somebody's password.
    ///
    /// @param place in the request
    /// @throws ProblemException where it is too short or too long, or is the user's name
    static void demandGood(String password, String user, String place) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw ProblemException.invalid(
                    place, "a password has " + SHORTEST + " to " + LONGEST + " characters, this one has " + length);
        }
        if (password.equalsIgnoreCase(user)) {
            throw ProblemException.invalid(place, "the name is no password");
        }
    }

    /// The text to keep of it.
    public String hash(String password) {
        var salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        return hash(password, salt);
    }

    String hash(String password, byte[] salt) {
        return inTurn(() -> function.hash(bytes(password), salt).getResult());
    }

    /// Whether it is the password that was hashed. Takes as long where there is no hash.
    public boolean matches(String password, Optional<String> hash) {
        var known = hash.filter(text -> FORM.matcher(text).matches());
        if (password.length() > 2 * LONGEST) {
            return false;
        }
        var against = known.orElse(NOBODY);
        boolean same = inTurn(() -> Argon2Function.getInstanceFromHash(against)
                .check(bytes(password), against.getBytes(StandardCharsets.US_ASCII)));
        return same && known.isPresent();
    }

    /// Whether the hash was made with other parameters than new ones are.
    public boolean isOutdated(String hash) {
        return !hash.startsWith(parameters);
    }

    /// How many hashes were computed since the start: each takes tens of milliseconds.
    public long computed() {
        return computed.get();
    }

    /// One character, one sequence of bytes, on whatever keyboard it was typed. Source: RFC 8265, 4.2.
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T inTurn(java.util.function.Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.unavailable("too many log in at this moment; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the service stops");
        }
        try {
            computed.incrementAndGet();
            return work.get();
        } finally {
            turns.release();
        }
    }
}
