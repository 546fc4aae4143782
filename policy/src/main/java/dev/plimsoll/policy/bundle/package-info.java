/// Bundles: their model, and a reader for both of Anchore's formats that finds every mistake at once.
@NullMarked
package dev.plimsoll.policy.bundle;

import org.jspecify.annotations.NullMarked;
