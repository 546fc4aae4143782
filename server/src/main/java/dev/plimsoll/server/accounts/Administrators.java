package dev.plimsoll.server.accounts;

import dev.plimsoll.server.http.ProblemException;
import org.jdbi.v3.core.Handle;

/// Sees that an account keeps somebody who may administer it for good: a user that is an administrator
/// and can log in, or a key of the account with that role, all of its permissions and no end.
final class Administrators {

    private Administrators() {}

    /// Makes a change, in the transaction of the handle, which the exception ends.
    ///
    /// @throws ProblemException where the account had administrators and would have none
    static void keep(Handle handle, long accountId, Runnable change) {
        AccountRow.lock(handle, accountId);
        boolean before = any(handle, accountId);
        change.run();
        if (before && !any(handle, accountId)) {
            throw ProblemException.conflict("this would leave the account without an administrator; first add a user"
                    + " with a password and the role admin, or a key of the account with the role admin and no end");
        }
    }

    private static boolean any(Handle handle, long accountId) {
        return handle.createQuery("""
                        with usable as (
                            select member_id from api_key
                            where account_id = :account and role = 'admin' and permissions is null
                                and revoked_at is null and expires_at is null and not login)
                        select exists (select 1 from usable where member_id is null)
                            or exists (
                                select 1 from member m
                                where m.account_id = :account and m.role = 'admin' and m.disabled_at is null
                                    and (m.password_hash is not null
                                        or exists (select 1 from usable u where u.member_id = m.id)))""")
                .bind("account", accountId)
                .mapTo(Boolean.class)
                .one();
    }
}
