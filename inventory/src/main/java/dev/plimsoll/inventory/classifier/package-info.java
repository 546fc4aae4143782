/// Products that only the bytes of their programs tell of.
@NullMarked
package dev.plimsoll.inventory.classifier;

import org.jspecify.annotations.NullMarked;
