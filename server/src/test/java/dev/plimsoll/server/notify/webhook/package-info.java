@NullMarked
package dev.plimsoll.server.notify.webhook;

import org.jspecify.annotations.NullMarked;
