@NullMarked
package dev.plimsoll.server.notify;

import org.jspecify.annotations.NullMarked;
