package dev.plimsoll.inventory.content;

import java.util.List;

/// Who there is in an image, as its visible account files say, in their order. Empty lists where the image has no such
/// file.
///
/// @param accounts of `/etc/passwd`
/// @param groups of `/etc/group`
/// @param passwords of `/etc/shadow`
public record Accounts(List<Account> accounts, List<Group> groups, List<ShadowEntry> passwords) {
    public Accounts {
        accounts = List.copyOf(accounts);
        groups = List.copyOf(groups);
        passwords = List.copyOf(passwords);
    }
}
