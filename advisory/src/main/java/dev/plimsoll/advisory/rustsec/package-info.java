/// RustSec's advisories.
@NullMarked
package dev.plimsoll.advisory.rustsec;

import org.jspecify.annotations.NullMarked;
