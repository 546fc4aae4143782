/// How is a SQLite file read?
@NullMarked
package dev.plimsoll.sqlite;

import org.jspecify.annotations.NullMarked;
