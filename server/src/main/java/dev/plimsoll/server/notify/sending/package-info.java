/// What a kind of channel must offer: which settings it takes, how a message is sent, what came of it.
@NullMarked
package dev.plimsoll.server.notify.sending;

import org.jspecify.annotations.NullMarked;
