package dev.plimsoll.inventory.content;

/// What a line of `/etc/shadow` says of an account's password. Neither the hash nor its kind is kept. Source:
/// shadow(5).
///
/// @param name of the account
/// @param password never {@link Account.Password#SHADOWED}
public record ShadowEntry(String name, Account.Password password) {}
