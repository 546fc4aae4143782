/// Contents by the user's wish: searches by regular expression, and files that are kept whole.
@NullMarked
package dev.plimsoll.inventory.search;

import org.jspecify.annotations.NullMarked;
