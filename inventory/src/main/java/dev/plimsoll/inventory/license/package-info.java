/// Licences: SPDX expressions, the names that ecosystems have for them, and their texts.
@NullMarked
package dev.plimsoll.inventory.license;

import org.jspecify.annotations.NullMarked;
