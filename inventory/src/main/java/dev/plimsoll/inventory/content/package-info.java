/// What the contents of files say beyond packages: secrets, matches of searches, retrieved files, malware, accounts.
@NullMarked
package dev.plimsoll.inventory.content;

import org.jspecify.annotations.NullMarked;
