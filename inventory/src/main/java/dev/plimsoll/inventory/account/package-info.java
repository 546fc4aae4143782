/// Who there is in an image: the files of accounts and groups.
@NullMarked
package dev.plimsoll.inventory.account;

import org.jspecify.annotations.NullMarked;
