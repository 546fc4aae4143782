package dev.plimsoll.server;

import dev.plimsoll.server.accounts.AuditLog;
import dev.plimsoll.server.backup.Check;
import dev.plimsoll.server.backup.Finding;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Follows the chain of every account's audit log.
final class AuditCheck implements Check {

    private record Named(long id, String name) {}

    @Override
    public void examine(Handle handle, Consumer<Finding> found) {
        var accounts = handle.createQuery("select id, name from account order by id")
                .map((row, _) -> new Named(row.getLong("id"), row.getString("name")))
                .list();
        for (var account : accounts) {
            switch (AuditLog.verify(handle, account.id())) {
                case AuditLog.Verification.Intact _ -> {}
                case AuditLog.Verification.Broken(var sequence, var reason) ->
                    found.accept(Finding.error(
                            "the audit log of the account " + account.name() + " was changed at entry " + sequence
                                    + ": " + reason,
                            "compare it with a backup"));
            }
        }
    }
}
