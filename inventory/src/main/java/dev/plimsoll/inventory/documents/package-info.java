@NullMarked
package dev.plimsoll.inventory.documents;

import org.jspecify.annotations.NullMarked;
