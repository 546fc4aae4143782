/// Builds the advisory file from feeds; the only place that loads the database driver.
@NullMarked
package dev.plimsoll.advisory.build;

import org.jspecify.annotations.NullMarked;
