package dev.plimsoll.server.accounts;

import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.http.Authenticator;
import dev.plimsoll.server.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Tells who asks by his key or password. Safe for several threads.
///
/// Whoever was proved is remembered for {@link #REVOCATION_DELAY}, so that many requests cost neither a
/// query nor an Argon2id hash each. What is revoked, disabled or changed on this server counts at once,
/// on others within that time.
/// Sources: RFC 6750, 2.1 (Bearer); RFC 7617 (Basic, with UTF-8).
public final class AccountAuthenticator implements Authenticator {

    /// The longest time that a revoked key, a disabled user or account is taken on another server.
    public static final Duration REVOCATION_DELAY = Duration.ofSeconds(5);

    /// How many callers are remembered; beyond, all are forgotten.
    private static final int MOST_CALLERS = 10_000;

    /// In characters.
    private static final int LONGEST_CREDENTIAL = 2000;

    private final KeyLogin keys;
    private final PasswordLogin passwords;
    private final InstantSource clock;
    private final CredentialMark mark = new CredentialMark();
    private final Map<String, Known> callers = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    private record Known(Principal principal, Instant until) {}

    AccountAuthenticator(KeyLogin keys, PasswordLogin passwords, InstantSource clock) {
        this.keys = keys;
        this.passwords = passwords;
        this.clock = clock;
    }

    @Override
    public Principal authenticate(Map<String, String> headers, String remote) {
        var header = headers.get("authorization");
        if (header == null) {
            return Principal.NOBODY;
        }
        var parts = header.strip().split(" +", 2);
        if (parts.length < 2 || header.length() > LONGEST_CREDENTIAL) {
            throw ProblemException.unauthorized("the header authorization holds no credentials");
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> known("bearer", parts[1], () -> keys.prove(parts[1]));
            case "basic" -> known("basic", parts[1], () -> basic(parts[1], remote));
            default ->
                throw ProblemException.unauthorized(
                        "credentials are taken as `Bearer KEY` and as basic authentication with user and password");
        };
    }

    /// Nobody is remembered any longer: what was changed counts with the next request.
    void forget() {
        changes.incrementAndGet();
        callers.clear();
    }

    private Principal known(String scheme, String credential, Supplier<KeyLogin.Login> proof) {
        var now = clock.instant();
        var key = mark.of(scheme, credential);
        var known = callers.get(key);
        if (known != null && now.isBefore(known.until)) {
            return known.principal;
        }
        long before = changes.get();
        var login = proof.get();
        var until = now.plus(REVOCATION_DELAY);
        if (callers.size() >= MOST_CALLERS) {
            callers.clear();
        }
        callers.put(
                key,
                new Known(
                        login.principal(),
                        login.end().filter(end -> end.isBefore(until)).orElse(until)));
        if (changes.get() != before) {
            // it may have been proved by what was changed meanwhile
            callers.remove(key);
        }
        return login.principal();
    }

    private KeyLogin.Login basic(String credential, String remote) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw ProblemException.unauthorized("basic authentication takes base64 of user:password");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw ProblemException.unauthorized("basic authentication takes base64 of user:password");
        }
        var login = passwords.prove(pair.substring(0, colon), pair.substring(colon + 1), remote);
        return new KeyLogin.Login(principal(login), Optional.empty());
    }

    static Principal principal(PasswordLogin.Login login) {
        return new Principal(
                login.account().id(),
                login.account().name(),
                login.member().name(),
                Grants.of(login.member().role(), login.account().administersService()));
    }
}
