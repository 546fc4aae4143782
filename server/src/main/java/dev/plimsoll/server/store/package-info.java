/// The database: its pool, its schema, its transactions.
@NullMarked
package dev.plimsoll.server.store;

import org.jspecify.annotations.NullMarked;
