/// CPE ranges of CVEs.
@NullMarked
package dev.plimsoll.advisory.nvd;

import org.jspecify.annotations.NullMarked;
