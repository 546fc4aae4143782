package dev.plimsoll.server.accounts;

import dev.plimsoll.server.access.Principal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// How a caller is named, and who is behind the name: `anna` by her password, `anna/k3f9…` by one of
/// her keys, `key/k3f9…` by a key of the account. No user is called `key`, and no name of a user has a
/// slash.
///
/// @param member name of the user
/// @param prefix of the key
record Caller(Optional<String> member, Optional<String> prefix) {

    private static final String NO_MEMBER = "key";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

    /// Whether a user may be called so.
    static boolean isMemberName(String name) {
        return NAME.matcher(name).matches() && !name.equals(NO_MEMBER);
    }

    static String name(Optional<String> member, String prefix) {
        return member.orElse(NO_MEMBER) + "/" + prefix;
    }

    static Caller of(Principal principal) {
        int slash = principal.name().indexOf('/');
        if (slash < 0) {
            return new Caller(Optional.of(principal.name()), Optional.empty());
        }
        var member = principal.name().substring(0, slash);
        return new Caller(
                member.equals(NO_MEMBER) ? Optional.empty() : Optional.of(member),
                Optional.of(principal.name().substring(slash + 1)));
    }

    /// The row of the user, where there is one.
    static Optional<MemberRow> member(Handle handle, Principal principal) {
        return of(principal).member.flatMap(name -> MemberRow.byName(handle, principal.accountId(), name));
    }

    /// The row of the key that the caller came with, where he came with one.
    static Optional<KeyRow> key(Handle handle, Principal principal) {
        return of(principal).prefix.flatMap(prefix -> KeyRow.byPrefix(handle, principal.accountId(), prefix));
    }
}
