/// What is told: one message about one or several events, the same whatever channel carries it.
@NullMarked
package dev.plimsoll.server.notify.message;

import org.jspecify.annotations.NullMarked;
