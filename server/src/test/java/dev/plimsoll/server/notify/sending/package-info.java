@NullMarked
package dev.plimsoll.server.notify.sending;

import org.jspecify.annotations.NullMarked;
