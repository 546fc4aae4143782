package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.testing.RoleMatrix;
import dev.plimsoll.server.testing.RoleMatrix.Owner;
import dev.plimsoll.server.testing.Target;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What the routes of this area are asked about in the matrix of roles.
public final class AccountsFixtures {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String PASSWORD = "correct horse battery";

    /// Cheap ones: what is asked here is who may, not how strong.
    private static final String HASH = new Passwords(64, 1, 1).hash(PASSWORD);

    private AccountsFixtures() {}

    /// By the names of routes.
    public static Map<String, RoleMatrix.Fixture> all() {
        Map<String, RoleMatrix.Fixture> all = new HashMap<>();
        all.put(
                "POST /api/v1/login",
                owner -> Target.plain().body("{\"user\":\"" + user(owner) + "\",\"password\":\"" + PASSWORD + "\"}"));
        all.put(
                "GET /api/v1/me",
                owner -> Target.plain().marked("\"name\":\"" + owner.principal().name() + "\""));
        all.put("PUT /api/v1/me/password", AccountsFixtures::ownPassword);

        all.put("GET /api/v1/accounts", owner -> Target.plain().shared().marked(account(owner)));
        all.put("POST /api/v1/accounts", _ -> Target.plain().shared().body("{\"name\":\"" + fresh("account") + "\"}"));
        all.put(
                "GET /api/v1/accounts/{account}",
                owner -> Target.plain().shared().path("account", account(owner)));
        all.put(
                "PATCH /api/v1/accounts/{account}",
                owner -> Target.plain().shared().path("account", account(owner)).body("{\"disabled\":true}"));
        all.put(
                "DELETE /api/v1/accounts/{account}",
                owner -> Target.plain().shared().path("account", account(owner)));

        all.put("GET /api/v1/users", owner -> Target.plain().marked("\"" + user(owner) + "\""));
        all.put(
                "POST /api/v1/users",
                _ -> Target.plain().body("{\"name\":\"" + fresh("user") + "\",\"role\":\"viewer\"}"));
        all.put("GET /api/v1/users/{user}", owner -> Target.plain().path("user", user(owner)));
        all.put(
                "PATCH /api/v1/users/{user}",
                owner -> user(owner, user(owner)).body("{\"role\":\"analyst\",\"disabled\":true}"));
        all.put("DELETE /api/v1/users/{user}", owner -> user(owner, user(owner)));

        all.put("GET /api/v1/keys", owner -> Target.plain().marked(key(owner).prefix()));
        all.put("POST /api/v1/keys", _ -> Target.plain().body("{\"name\":\"" + fresh("key") + "\"}"));
        all.put("DELETE /api/v1/keys/{id}", owner -> {
            var row = key(owner);
            return Target.plain()
                    .path("id", Long.toString(row.id()))
                    .unchanged(() -> owner.database()
                            .jdbi()
                            .withHandle(handle -> KeyRow.byId(handle, owner.account(), row.id())
                                    .toString()));
        });

        all.put("GET /api/v1/audit", owner -> Target.plain().marked("\"" + entry(owner) + "\""));
        all.put("GET /api/v1/audit/verification", owner -> {
            entry(owner);
            return Target.plain();
        });

        all.put("GET /api/v1/registries", owner -> Target.plain().marked("\"" + registry(owner) + "\""));
        all.put(
                "PUT /api/v1/registries/{registry}",
                owner -> registry(owner, registry(owner))
                        .separate()
                        .body("{\"username\":\"robot\",\"password\":\"other\"}"));
        all.put("DELETE /api/v1/registries/{registry}", owner -> registry(owner, registry(owner)));
        return all;
    }

    private static String fresh(String what) {
        return what + "-" + COUNT.incrementAndGet() + "x";
    }

    private static Target ownPassword(Owner owner) {
        owner.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update member set password_hash = ? where name = ?",
                        HASH,
                        owner.principal().name()));
        return Target.plain().body("{\"current_password\":\"" + PASSWORD + "\",\"password\":\"" + PASSWORD + "\"}");
    }

    private static String account(Owner owner) {
        var name = fresh("account");
        return owner.database()
                .jdbi()
                .withHandle(handle -> AccountRow.add(handle, name, false, NOW))
                .orElseThrow()
                .name();
    }

    private static String user(Owner owner) {
        var name = fresh("user");
        return owner.database()
                .jdbi()
                .withHandle(handle -> MemberRow.add(handle, owner.account(), name, HASH, Role.VIEWER, NOW))
                .orElseThrow()
                .name();
    }

    private static Target user(Owner owner, String name) {
        return Target.plain()
                .path("user", name)
                .unchanged(() -> owner.database()
                        .jdbi()
                        .withHandle(handle ->
                                MemberRow.byName(handle, owner.account(), name).toString()));
    }

    private static KeyRow key(Owner owner) {
        var text = KeyText.random();
        return owner.database().jdbi().withHandle(handle -> {
            var member = MemberRow.demanded(
                    handle, owner.account(), owner.principal().name());
            long id = KeyRow.add(
                    handle,
                    new KeyRow.Wanted(
                            owner.account(),
                            Optional.of(member.id()),
                            fresh("key"),
                            member.role(),
                            Optional.empty(),
                            false,
                            Optional.empty()),
                    text,
                    NOW);
            return KeyRow.byId(handle, owner.account(), id).orElseThrow();
        });
    }

    private static String entry(Owner owner) {
        var object = fresh("object");
        var principal =
                new Principal(owner.account(), "", "somebody", owner.principal().permissions());
        owner.database()
                .jdbi()
                .useTransaction(handle -> new AuditLog(InstantSource.fixed(NOW))
                        .add(handle, principal, "test.entry", object, JsonObject.EMPTY));
        return object;
    }

    private static String registry(Owner owner) {
        var name = fresh("registry") + ".example:5000";
        owner.database()
                .jdbi()
                .useHandle(handle ->
                        new RegistryRow(name, "robot", new byte[] {1}, false, NOW).save(handle, owner.account()));
        return name;
    }

    private static Target registry(Owner owner, String name) {
        return Target.plain()
                .path("registry", name)
                .unchanged(() -> owner.database()
                        .jdbi()
                        .withHandle(handle -> RegistryRow.byName(handle, owner.account(), name)
                                .map(row -> row.username() + row.secret().length)
                                .toString()));
    }
}
