/// Files of databases that pass by, read at any place.
@NullMarked
package dev.plimsoll.inventory.database;

import org.jspecify.annotations.NullMarked;
