package dev.plimsoll.server.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// A row of what an account proves itself with at a registry.
final class RegistryRow {

    private static final String SELECT = "select registry, username, secret, insecure, created_at from"
            + " registry_credential where account_id = :account ";

    private static final RowMapper<RegistryRow> MAPPER = (row, _) -> new RegistryRow(
            row.getString("registry"),
            row.getString("username"),
            row.getBytes("secret"),
            row.getBoolean("insecure"),
            row.getTimestamp("created_at").toInstant());

    private final String registry;
    private final String username;
    private final byte[] secret;
    private final boolean insecure;
    private final Instant createdAt;

    RegistryRow(String registry, String username, byte[] secret, boolean insecure, Instant createdAt) {
        this.registry = registry;
        this.username = username;
        this.secret = secret;
        this.insecure = insecure;
        this.createdAt = createdAt;
    }

    /// `host[:port]`
    String registry() {
        return registry;
    }

    String username() {
        return username;
    }

    /// Sealed. Not to be changed.
    byte[] secret() {
        return secret;
    }

    /// Whether it is asked without TLS.
    boolean insecure() {
        return insecure;
    }

    Instant createdAt() {
        return createdAt;
    }

    static Optional<RegistryRow> byName(Handle handle, long accountId, String registry) {
        return handle.createQuery(SELECT + "and registry = :registry")
                .bind("account", accountId)
                .bind("registry", registry)
                .map(MAPPER)
                .findOne();
    }

    static List<RegistryRow> after(Handle handle, long accountId, String registry, int limit) {
        return handle.createQuery(SELECT + "and registry > :registry order by registry limit :limit")
                .bind("account", accountId)
                .bind("registry", registry)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    void save(Handle handle, long accountId) {
        handle.createUpdate("""
                        insert into registry_credential (account_id, registry, username, secret, insecure, created_at)
                        values (:account, :registry, :username, :secret, :insecure, :now)
                        on conflict (account_id, registry) do update
                        set username = excluded.username, secret = excluded.secret, insecure = excluded.insecure""")
                .bind("account", accountId)
                .bind("registry", registry)
                .bind("username", username)
                .bind("secret", secret)
                .bind("insecure", insecure)
                .bind("now", createdAt)
                .execute();
    }

    static boolean delete(Handle handle, long accountId, String registry) {
        return handle.createUpdate(
                                "delete from registry_credential where account_id = :account and registry = :registry")
                        .bind("account", accountId)
                        .bind("registry", registry)
                        .execute()
                > 0;
    }
}
