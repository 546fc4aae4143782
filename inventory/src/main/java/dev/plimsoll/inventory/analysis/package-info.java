/// What a run collects beyond packages, as the configuration and the bundle ask for it.
@NullMarked
package dev.plimsoll.inventory.analysis;

import org.jspecify.annotations.NullMarked;
