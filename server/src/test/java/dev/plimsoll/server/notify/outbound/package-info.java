@NullMarked
package dev.plimsoll.server.notify.outbound;

import org.jspecify.annotations.NullMarked;
