package dev.plimsoll.server.accounts;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.ProblemException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a role may in an account. A role's own permissions end at its account; what concerns the whole
/// service is granted by the account: the administrators of the one that has the flag
/// `administers_service`, the first, have {@link Permission#WRITE_DATA} and
/// {@link Permission#ADMINISTER_SERVICE} beside.
public final class Grants {

    private static final Set<Permission> OF_THE_SERVICE = Set.of(Permission.WRITE_DATA, Permission.ADMINISTER_SERVICE);

    private static final Set<Permission> OF_EVERYBODY = Set.of(Permission.NONE, Permission.KNOWN);

    private Grants() {}

    /// @param administersService the flag of the account
    public static Set<Permission> of(Role role, boolean administersService) {
        var permissions = EnumSet.copyOf(role.permissions());
        if (role == Role.ADMIN && administersService) {
            permissions.addAll(OF_THE_SERVICE);
        }
        return permissions;
    }

    /// What a key may: what its role, its scope and its owner all may.
    ///
    /// @param owner role of the user whose key it is, as it is now; empty for a key of the account
    static Set<Permission> ofKey(
            Role role, Optional<Set<Permission>> scope, Optional<Role> owner, boolean administersService) {
        var permissions = EnumSet.copyOf(of(role, administersService));
        scope.ifPresent(permissions::retainAll);
        owner.ifPresent(its -> permissions.retainAll(of(its, administersService)));
        permissions.addAll(OF_EVERYBODY);
        return permissions;
    }

    /// As the API writes it: `read_images`.
    static String word(Permission permission) {
        return permission.name().toLowerCase(Locale.ROOT);
    }

    /// In the order of their declaration, without those that everybody has.
    static List<String> words(Set<Permission> permissions) {
        return permissions.stream()
                .filter(permission -> !OF_EVERYBODY.contains(permission))
                .sorted()
                .map(Grants::word)
                .toList();
    }

    /// The permissions that the API calls so.
    ///
    /// @param place in the request
    /// @throws ProblemException where one is none
    static Set<Permission> permissions(List<String> words, String place) {
        var permissions = EnumSet.noneOf(Permission.class);
        for (int i = 0; i < words.size(); i++) {
            permissions.add(permission(words.get(i), place + "/" + i));
        }
        return permissions;
    }

    private static Permission permission(String word, String place) {
        for (var permission : Permission.values()) {
            if (word(permission).equals(word) && !OF_EVERYBODY.contains(permission)) {
                return permission;
            }
        }
        throw ProblemException.invalid(
                place,
                "'" + word + "' is no permission; there are "
                        + String.join(", ", words(EnumSet.allOf(Permission.class))));
    }
}
