/// The Ruby advisory database.
@NullMarked
package dev.plimsoll.advisory.rubysec;

import org.jspecify.annotations.NullMarked;
