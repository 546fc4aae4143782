package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.secrets.SecretException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/// What the caller's account proves itself with at registries. Passwords go in and never come out.
final class RegistryRoutes {

    /// `host`, `host:port`, `[address]:port`, as references have it.
    private static final Pattern REGISTRY =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9.-]{0,252})|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?");

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PASSWORD = 16_384;

    private final Jdbi jdbi;
    private final SecretBox box;
    private final AuditLog audit;
    private final InstantSource clock;

    RegistryRoutes(Jdbi jdbi, SecretBox box, AuditLog audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.box = box;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/registries", Permission.READ_REGISTRIES, this::list),
                new Route(Method.PUT, "/api/v1/registries/{registry}", Permission.WRITE_REGISTRIES, this::set),
                new Route(Method.DELETE, "/api/v1/registries/{registry}", Permission.WRITE_REGISTRIES, this::delete));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var after = Page.after(request).orElse("");
        var found = jdbi.withHandle(handle -> RegistryRow.after(handle, request.accountId(), after, limit + 1));
        return Page.of(found, limit, RegistryRow::registry).reply((json, row) -> json.object(() -> write(json, row)));
    }

    private Reply set(Request request) throws IOException {
        var registry = RegistryCredentials.normal(request.path("registry"));
        if (!REGISTRY.matcher(registry).matches()) {
            throw ProblemException.invalid(
                    "registry", "'" + registry + "' is no registry: write host or host:port, without a scheme or path");
        }
        var fields = Fields.of(request, "username", "password", "insecure");
        var username = fields.line("username", LONGEST_NAME);
        var password = fields.text("password");
        if (password.length() > LONGEST_PASSWORD) {
            throw ProblemException.invalid(
                    "/password", "this must have no more than " + LONGEST_PASSWORD + " characters");
        }
        boolean insecure = fields.flag("insecure").orElse(false);
        return jdbi.inTransaction(handle -> {
            var before = RegistryRow.byName(handle, request.accountId(), registry);
            if (before.isPresent() && same(request.accountId(), before.get(), username, password, insecure)) {
                return Reply.json(json -> json.object(() -> write(json, before.get())));
            }
            var row = new RegistryRow(
                    registry,
                    username,
                    box.seal(password, RegistryCredentials.purpose(request.accountId(), registry)),
                    insecure,
                    before.map(RegistryRow::createdAt).orElse(clock.instant()));
            row.save(handle, request.accountId());
            audit.add(
                    handle,
                    request.principal(),
                    "registry.set",
                    registry,
                    new Details()
                            .and("username", username)
                            .and("insecure", insecure)
                            .json());
            return Reply.json(before.isPresent() ? 200 : 201, json -> json.object(() -> write(json, row)));
        });
    }

    private boolean same(long accountId, RegistryRow row, String username, String password, boolean insecure) {
        return row.username().equals(username)
                && row.insecure() == insecure
                && opened(accountId, row)
                        .filter(known -> MessageDigest.isEqual(
                                known.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }

    private Optional<String> opened(long accountId, RegistryRow row) {
        try {
            return Optional.of(box.open(row.secret(), RegistryCredentials.purpose(accountId, row.registry())));
        } catch (SecretException _) {
            // sealed with a key that is lost: entering it anew is the remedy
            return Optional.empty();
        }
    }

    private Reply delete(Request request) {
        var registry = RegistryCredentials.normal(request.path("registry"));
        jdbi.useTransaction(handle -> {
            if (!RegistryRow.delete(handle, request.accountId(), registry)) {
                throw ProblemException.notFound("this account has no credentials for " + registry);
            }
            audit.add(handle, request.principal(), "registry.delete", registry, new Details().json());
        });
        return Reply.noContent();
    }

    private static void write(JsonWriter json, RegistryRow row) {
        json.member("registry", row.registry());
        json.member("username", row.username());
        json.member("insecure", row.insecure());
        json.member("created_at", row.createdAt().toString());
    }
}
