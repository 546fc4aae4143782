@NullMarked
package dev.plimsoll.server.postgres;

import org.jspecify.annotations.NullMarked;
