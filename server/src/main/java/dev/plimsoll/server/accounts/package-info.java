/// Who may use the service: accounts, users, keys, passwords, the log of what they changed, and what an
/// account proves itself with at registries.
@NullMarked
package dev.plimsoll.server.accounts;

import org.jspecify.annotations.NullMarked;
