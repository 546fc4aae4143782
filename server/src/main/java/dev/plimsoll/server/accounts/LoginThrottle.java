package dev.plimsoll.server.accounts;

import dev.plimsoll.server.http.ProblemException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Slows down whoever guesses passwords: per user, and per address. Counts are rows, so they hold over
/// several servers. An attempt is counted before its password is looked at, so that many at a time gain
/// nothing; one that succeeds is taken back. Safe for several threads.
final class LoginThrottle {

    /// How many failures of one user cost nothing, and how many from one address, behind which may be a
    /// whole office.
    static final int FREE_OF_MEMBER = 5;

    static final int FREE_OF_ADDRESS = 30;

    /// The first block; each further failure doubles it.
    static final Duration FIRST_BLOCK = Duration.ofSeconds(2);

    static final Duration LONGEST_BLOCK = Duration.ofMinutes(15);

    /// After so long without a failure all is forgotten.
    static final Duration MEMORY = Duration.ofHours(1);

    private static final int LONGEST_NAME = 100;

    /// Of an IPv6 address that is one customer's network: an attacker has all the others in it.
    private static final int NETWORK_BYTES = 8;

    private final Jdbi jdbi;
    private final InstantSource clock;

    LoginThrottle(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// Counts an attempt.
    ///
    /// @throws ProblemException where the user or the address is blocked
    void attempt(String user, String address) {
        jdbi.useTransaction(handle -> {
            // always in this order, so that two attempts never wait for each other
            attempt(handle, addressSubject(address), FREE_OF_ADDRESS);
            attempt(handle, memberSubject(user), FREE_OF_MEMBER);
        });
    }

    private void attempt(Handle handle, String subject, int free) {
        var now = clock.instant();
        handle.createUpdate("""
                        insert into login_failure (subject, failures, last_at) values (:subject, 0, :now)
                        on conflict (subject) do nothing""").bind("subject", subject).bind("now", now).execute();
        var row = handle.createQuery(
                        "select failures, last_at, blocked_until from login_failure where subject = :subject for update")
                .bind("subject", subject)
                .map((found, _) -> new Failures(
                        found.getInt("failures"),
                        found.getTimestamp("last_at").toInstant(),
                        KeyRow.instant(found, "blocked_until").orElse(Instant.MIN)))
                .one();
        if (row.blockedUntil.isAfter(now)) {
            var left = Duration.between(now, row.blockedUntil);
            throw ProblemException.tooMany(
                    "too many logins failed; try again in " + Math.max(1, left.toSeconds()) + " s", left);
        }
        int failures = row.lastAt.plus(MEMORY).isBefore(now) ? 1 : row.failures + 1;
        handle.createUpdate("""
                        update login_failure set failures = :failures, last_at = :now, blocked_until = :until
                        where subject = :subject""")
                .bind("failures", failures)
                .bind("now", now)
                .bind("until", failures < free ? null : now.plus(block(failures - free)))
                .bind("subject", subject)
                .execute();
    }

    private record Failures(int failures, Instant lastAt, Instant blockedUntil) {}

    static Duration block(int failuresBeyond) {
        var length = FIRST_BLOCK.multipliedBy(1L << Math.min(failuresBeyond, 20));
        return length.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : length;
    }

    /// The attempt was no failure. The user's failures are forgotten; the address loses this one alone,
    /// so that who has an account cannot guess others' passwords between his own logins.
    void succeeded(String user, String address) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            update login_failure set failures = greatest(failures - 1, 0), blocked_until = null
                            where subject = :subject""").bind("subject", addressSubject(address)).execute();
            handle.createUpdate("delete from login_failure where subject = :subject")
                    .bind("subject", memberSubject(user))
                    .execute();
        });
    }

    /// Removes what is forgotten anyway.
    void forget() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        delete from login_failure
                        where last_at < :before and (blocked_until is null or blocked_until < :now)""")
                .bind("before", clock.instant().minus(MEMORY))
                .bind("now", clock.instant())
                .execute());
    }

    private static String memberSubject(String user) {
        var name = user.replace('\0', ' ');
        return "member:" + name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    static String addressSubject(String address) {
        try {
            if (InetAddress.ofLiteral(address) instanceof Inet6Address six) {
                return "address:" + HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES)) + "/64";
            }
        } catch (IllegalArgumentException _) {
            // whatever the web server calls it
        }
        return "address:" + address;
    }
}
