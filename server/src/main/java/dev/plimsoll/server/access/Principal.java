package dev.plimsoll.server.access;

import java.util.EnumSet;
import java.util.Set;

/// Who asks. Every query of his is bound to his account.
///
/// @param accountId of the account, 0 for somebody unknown
/// @param account its name
/// @param name of the user or key, as the audit log writes it
/// @param permissions what he may
public record Principal(long accountId, String account, String name, Set<Permission> permissions) {

    /// Somebody who did not say who he is.
    public static final Principal NOBODY = new Principal(0, "", "nobody", EnumSet.of(Permission.NONE));

    public Principal {
        permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public boolean isKnown() {
        return accountId != 0;
    }
}
