/// How is a package named? Package URLs, ecosystems, distributions and their releases.
@NullMarked
package dev.plimsoll.purl;

import org.jspecify.annotations.NullMarked;
