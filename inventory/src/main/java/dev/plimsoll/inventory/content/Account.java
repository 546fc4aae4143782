package dev.plimsoll.inventory.content;

/// A line of `/etc/passwd`. Source: passwd(5).
///
/// @param userId numeric; 0 is root
/// @param comment the field that is also called GECOS
/// @param home without change
/// @param shell empty means the system's default
/// @param password what the second field says; the field itself is not kept
public record Account(
        String name, long userId, long groupId, String comment, String home, String shell, Password password) {

    /// What a password field says of the password.
    public enum Password {
        /// It stands in `/etc/shadow`.
        SHADOWED,
        /// None is asked for.
        EMPTY,
        /// No password is accepted.
        LOCKED,
        /// There is one.
        SET
    }
}
