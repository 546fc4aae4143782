/// Actions of GitHub.
@NullMarked
package dev.plimsoll.inventory.github;

import org.jspecify.annotations.NullMarked;
