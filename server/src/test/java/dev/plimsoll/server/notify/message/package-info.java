@NullMarked
package dev.plimsoll.server.notify.message;

import org.jspecify.annotations.NullMarked;
