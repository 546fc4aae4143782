package dev.plimsoll.server.backup;

import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.secrets.SecretException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Whether the secrets in the database open with the service's key.
public final class SecretsCheck implements Check {

    /// Purpose, as it was sealed for, and what was sealed.
    private static final String SEALED = """
            select 'registry ' || account_id || ' ' || registry as purpose, secret from registry_credential
            union all
            select 'channel ' || account_id || ' ' || name, secrets from channel where secrets is not null
            order by purpose
            """;

    private final SecretBox box;

    public SecretsCheck(SecretBox box) {
        this.box = box;
    }

    @Override
    public void examine(Handle handle, Consumer<Finding> found) {
        var closed = new Examples();
        handle.createQuery(SEALED)
                .map((rows, _) -> {
                    var purpose = rows.getString("purpose");
                    try {
                        box.open(rows.getBytes("secret"), purpose);
                    } catch (SecretException _) {
                        closed.add(purpose);
                    }
                    return purpose;
                })
                .list();
        if (closed.count() > 0) {
            found.accept(Finding.error(
                    "secrets that do not open with this service's key: " + closed.text(),
                    "give the service the key that it had (secret-key-file), or enter them anew"));
        }
    }
}
