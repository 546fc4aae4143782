/// The dictionary of distinct packages, and the sets of them that images share.
@NullMarked
package dev.plimsoll.server.packages;

import org.jspecify.annotations.NullMarked;
