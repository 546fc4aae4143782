/// The advisory file: built with SQLite, read without it.
@NullMarked
package dev.plimsoll.advisory.database;

import org.jspecify.annotations.NullMarked;
