/// Alpine's security database.
@NullMarked
package dev.plimsoll.advisory.alpine;

import org.jspecify.annotations.NullMarked;
