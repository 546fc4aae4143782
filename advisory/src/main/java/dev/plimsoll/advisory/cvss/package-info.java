/// Scores from vectors.
@NullMarked
package dev.plimsoll.advisory.cvss;

import org.jspecify.annotations.NullMarked;
