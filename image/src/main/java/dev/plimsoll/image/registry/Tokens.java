package dev.plimsoll.image.registry;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Gets tokens from the server that a registry names, and keeps each for its realm, service and scope until shortly
/// before it ends. Safe for threads; one question at a time.
///
/// Source: distribution/distribution, docs "Token Authentication Specification" (GET) and "Oauth2 Token Authentication"
/// (POST, refresh tokens); RFC 6749.
final class Tokens {

    /// In bytes.
    static final int MAX_ANSWER = 256 << 10;
    /// What a token lives that does not say so, and at least (Token Authentication Specification, `expires_in`).
    static final Duration SHORTEST_LIFE = Duration.ofSeconds(60);
    /// A token is renewed so long before its end.
    static final Duration MARGIN = Duration.ofSeconds(5);

    private static final String CLIENT = "plimsoll";
    /// Spaces or line ends in a token would let it write headers.
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,65536}");

    private final Endpoint registry;
    private final Requests requests;
    private final Machine machine;
    private final Map<Key, Token> tokens = new HashMap<>();
    private final Map<String, Secret> refreshTokens = new HashMap<>();

    Tokens(Endpoint registry, Requests requests, Machine machine) {
        this.registry = registry;
        this.requests = requests;
        this.machine = machine;
    }

    private record Key(URI realm, String service, String scope) {}

    private record Token(Secret secret, Instant end) {}

    /// @param scope what the token must allow
    /// @param refused a token that the registry did not take: it is not given again
    /// @throws ImageException when there is no token to be had
    synchronized Secret token(Challenge challenge, String scope, Credentials.Found found, Optional<Secret> refused)
            throws IOException {
        var key = new Key(realm(challenge), challenge.parameter("service").orElse(""), scope);
        var kept = tokens.get(key);
        if (kept != null && machine.clock().instant().isBefore(kept.end) && !refused.equals(Optional.of(kept.secret))) {
            return kept.secret;
        }
        var token = fetch(key, found);
        tokens.put(key, token);
        return token.secret;
    }

    private URI realm(Challenge challenge) throws IOException {
        var text = challenge.parameter("realm").orElse("");
        try {
            var realm = URI.create(text);
            var scheme = realm.getScheme() == null ? "" : realm.getScheme().toLowerCase(Locale.ROOT);
            if (realm.getHost() != null && realm.getRawUserInfo() == null && realm.getRawFragment() == null) {
                if (scheme.equals("https")) {
                    requests.guard().check(realm, "the token server that " + registry.authority() + " names");
                    return realm;
                }
                if (scheme.equals("http")) {
                    if (!registry.isPlain() && !requests.guard().registryIsLoopback()) {
                        throw Failure.unreadable(registry.authority() + " names the token server " + Endpoint.of(realm)
                                + ", without TLS; no credentials are sent there");
                    }
                    requests.guard().check(realm, "the token server that " + registry.authority() + " names");
                    return realm;
                }
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw Failure.unreadable(registry.authority() + " names no address of a token server");
    }

    private Token fetch(Key key, Credentials.Found found) throws IOException {
        var refresh = Optional.ofNullable(refreshTokens.get(key.realm + " " + key.service));
        if (found.credential() instanceof Credential.IdentityToken(var identity)) {
            return kept(key, found, requests.send(refreshing(key, refresh.orElse(identity))));
        }
        if (refresh.isPresent()) {
            var answer = requests.send(refreshing(key, refresh.get()));
            if (answer.status() == 200) {
                return kept(key, found, answer);
            }
            answer.close(); // some servers give such tokens and do not take them
            refreshTokens.remove(key.realm + " " + key.service);
        }
        return kept(key, found, requests.send(asking(key, found)));
    }

    private static Call asking(Key key, Credentials.Found found) {
        var query = new StringBuilder(key.realm.getRawQuery() == null ? "?" : "&");
        query.append("service=").append(encoded(key.service));
        for (var scope : key.scope.split(" ", -1)) {
            if (!scope.isEmpty()) {
                query.append("&scope=").append(encoded(scope));
            }
        }
        query.append("&client_id=").append(CLIENT);
        if (found.credential() instanceof Credential.Basic basic) {
            var uri = URI.create(key.realm + query.append("&offline_token=true").toString());
            return Call.get(uri).with(Call.AUTHORIZATION, basic.header());
        }
        return Call.get(URI.create(key.realm + query.toString()));
    }

    private static Call refreshing(Key key, Secret token) {
        var form = "grant_type=refresh_token&service=" + encoded(key.service) + "&client_id=" + CLIENT + "&scope="
                + encoded(key.scope) + "&refresh_token=" + encoded(token.reveal());
        return new Call(key.realm, Map.of(), Optional.of(form));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Token kept(Key key, Credentials.Found found, Answer answer) throws IOException {
        var server = "the token server " + Endpoint.of(key.realm).authority() + " of " + registry.authority();
        try (answer) {
            if (answer.status() == 401 || answer.status() == 403) {
                throw Failure.unreadable(server + " refuses (status " + answer.status() + "): " + found.words());
            }
            if (answer.status() != 200) {
                throw Failure.unreadable(server + " answers with status " + answer.status());
            }
            var object = object(server, answer);
            var secret = object.string("token")
                    .filter(text -> !text.isEmpty())
                    .or(() -> object.string("access_token"))
                    .filter(text -> TOKEN.matcher(text).matches())
                    .map(Secret::of)
                    .orElseThrow(() -> Failure.unreadable(server + " gives no token"));
            object.string("refresh_token")
                    .filter(text -> TOKEN.matcher(text).matches())
                    .ifPresent(text -> refreshTokens.put(key.realm + " " + key.service, Secret.of(text)));
            return new Token(
                    secret, machine.clock().instant().plus(life(object)).minus(MARGIN));
        }
    }

    private static JsonObject object(String server, Answer answer) throws IOException {
        var bytes = answer.bytes(MAX_ANSWER)
                .orElseThrow(() -> Failure.unreadable(server + " answers with more than " + MAX_ANSWER + " bytes"));
        try {
            if (JsonReader.read(bytes, JsonLimits.FOREIGN.withBytes(MAX_ANSWER)) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException _) {
            // its message may quote a token
        }
        throw Failure.unreadable(server + " answers with something that is no JSON object"
                + (answer.mediaType().isEmpty() ? "" : " (" + answer.mediaType() + ")"));
    }

    private static Duration life(JsonObject object) {
        try {
            var seconds = object.number("expires_in")
                    .map(BigDecimal::intValueExact)
                    .map(Duration::ofSeconds)
                    .orElse(SHORTEST_LIFE);
            return seconds.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : seconds;
        } catch (ArithmeticException _) {
            return SHORTEST_LIFE;
        }
    }
}
