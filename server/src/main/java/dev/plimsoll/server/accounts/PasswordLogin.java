package dev.plimsoll.server.accounts;

import dev.plimsoll.server.http.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// Proves users by their passwords. Who fails learns nothing but that: an unknown user costs the same
/// time as a wrong password. Safe for several threads.
final class PasswordLogin {

    /// How many proofs are remembered; beyond, all are forgotten.
    private static final int MOST_PROOFS = 10_000;

    /// Among so many locks requests are spread.
    private static final int TURNS = 64;

    private final Jdbi jdbi;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final CredentialMark mark = new CredentialMark();

    /// By the mark of user and password: the hash that it was proved against. Where the row has it
    /// still, it need not be computed again.
    private final Map<String, String> proofs = new ConcurrentHashMap<>();

    /// Many first requests of one user at a time are one attempt: else all but a few were taken for guesses.
    private final List<Lock> turns =
            Stream.<Lock>generate(ReentrantLock::new).limit(TURNS).toList();

    PasswordLogin(Jdbi jdbi, Passwords passwords, LoginThrottle throttle) {
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /// The user and his account, neither of them disabled.
    record Login(MemberRow member, AccountRow account) {}

    /// @param address from where he comes
    /// @throws ProblemException 401 where it is not his password, 403 where he or his account is
    ///     disabled, 429 where too many attempts failed
    Login prove(String user, String password, String address) {
        var member = user.indexOf('\0') >= 0
                ? Optional.<MemberRow>empty()
                : jdbi.withHandle(handle -> MemberRow.byName(handle, user));
        var hash = member.flatMap(MemberRow::passwordHash);
        var key = mark.of("password", user + '\0' + password);
        if (!isProved(key, hash)) {
            var turn = turns.get(Math.floorMod(key.hashCode(), TURNS));
            turn.lock();
            try {
                // another request with the same words may have proved them meanwhile
                if (!isProved(key, hash)) {
                    prove(user, password, address, member, key);
                }
            } finally {
                turn.unlock();
            }
        }
        var proved = member.orElseThrow();
        var account = jdbi.withHandle(handle -> AccountRow.byId(handle, proved.accountId()));
        demandEnabled(account, proved);
        return new Login(proved, account);
    }

    private boolean isProved(String key, Optional<String> hash) {
        return hash.isPresent() && hash.get().equals(proofs.get(key));
    }

    private void prove(String user, String password, String address, Optional<MemberRow> member, String key) {
        throttle.attempt(user, address);
        var hash = member.flatMap(MemberRow::passwordHash);
        if (!passwords.matches(password, hash)) {
            throw ProblemException.unauthorized("user and password do not belong together");
        }
        throttle.succeeded(user, address);
        remember(key, renewed(member.orElseThrow(), hash.orElseThrow(), password));
    }

    private void remember(String key, String hash) {
        if (proofs.size() >= MOST_PROOFS) {
            proofs.clear();
        }
        proofs.put(key, hash);
    }

    /// The hash with today's parameters.
    private String renewed(MemberRow member, String hash, String password) {
        if (!passwords.isOutdated(hash)) {
            return hash;
        }
        var renewed = passwords.hash(password);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update member set password_hash = :renewed
                        where account_id = :account and id = :id and password_hash = :hash""")
                .bind("renewed", renewed)
                .bind("account", member.accountId())
                .bind("id", member.id())
                .bind("hash", hash)
                .execute());
        return renewed;
    }

    private static void demandEnabled(AccountRow account, MemberRow member) {
        if (account.disabledAt().isPresent()) {
            throw ProblemException.forbidden(
                    "the account " + account.name() + " is disabled; an administrator of the service can enable it");
        }
        if (member.disabledAt().isPresent()) {
            throw ProblemException.forbidden("the user " + member.name()
                    + " is disabled; an administrator of the account " + account.name() + " can enable him");
        }
    }
}
