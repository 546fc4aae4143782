@NullMarked
package dev.plimsoll.server.notify.slack;

import org.jspecify.annotations.NullMarked;
