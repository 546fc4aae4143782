/// What happened: written in the transaction of the change, told to people later.
@NullMarked
package dev.plimsoll.server.events;

import org.jspecify.annotations.NullMarked;
