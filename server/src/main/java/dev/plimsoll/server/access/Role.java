package dev.plimsoll.server.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a user or key is for. Each role is named by the word that the API uses.
public enum Role {
    /// Everything in its account.
    ADMIN(EnumSet.complementOf(EnumSet.of(Permission.WRITE_DATA, Permission.ADMINISTER_SERVICE))),
    /// Images, policies, waivers, subscriptions; no users.
    EDITOR(EnumSet.of(
            Permission.NONE,
            Permission.KNOWN,
            Permission.READ_IMAGES,
            Permission.WRITE_IMAGES,
            Permission.CHECK_IMAGES,
            Permission.READ_POLICIES,
            Permission.WRITE_POLICIES,
            Permission.ACTIVATE_POLICIES,
            Permission.READ_WAIVERS,
            Permission.WRITE_WAIVERS,
            Permission.READ_SUBSCRIPTIONS,
            Permission.WRITE_SUBSCRIPTIONS,
            Permission.READ_JOBS,
            Permission.WRITE_JOBS,
            Permission.READ_REGISTRIES,
            Permission.WRITE_REGISTRIES,
            Permission.READ_DATA)),
    /// Images and waivers; reads policies, uploads candidates and asks what they would do, and activates none.
    ANALYST(EnumSet.of(
            Permission.NONE,
            Permission.KNOWN,
            Permission.READ_IMAGES,
            Permission.WRITE_IMAGES,
            Permission.CHECK_IMAGES,
            Permission.READ_POLICIES,
            Permission.WRITE_POLICIES,
            Permission.READ_WAIVERS,
            Permission.WRITE_WAIVERS,
            Permission.READ_SUBSCRIPTIONS,
            Permission.READ_JOBS,
            Permission.WRITE_JOBS,
            Permission.READ_DATA)),
    /// Reads.
    VIEWER(EnumSet.of(
            Permission.NONE,
            Permission.KNOWN,
            Permission.READ_IMAGES,
            Permission.READ_POLICIES,
            Permission.READ_WAIVERS,
            Permission.READ_SUBSCRIPTIONS,
            Permission.READ_JOBS,
            Permission.READ_DATA)),
    /// A pipeline: submits images and asks for verdicts.
    CI(EnumSet.of(
            Permission.NONE,
            Permission.KNOWN,
            Permission.READ_IMAGES,
            Permission.WRITE_IMAGES,
            Permission.CHECK_IMAGES,
            Permission.READ_JOBS));

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set of enums
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /// As the API writes it: `admin`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The role that the API calls so.
    public static Optional<Role> of(String word) {
        for (var role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
