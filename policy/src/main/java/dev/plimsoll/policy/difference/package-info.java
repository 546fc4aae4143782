/// In what two bundles differ, by what they do: both are asked about many small images.
@NullMarked
package dev.plimsoll.policy.difference;

import org.jspecify.annotations.NullMarked;
