@NullMarked
package dev.plimsoll.server.store;

import org.jspecify.annotations.NullMarked;
