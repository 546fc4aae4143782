/// Packages of Dart.
@NullMarked
package dev.plimsoll.inventory.dart;

import org.jspecify.annotations.NullMarked;
