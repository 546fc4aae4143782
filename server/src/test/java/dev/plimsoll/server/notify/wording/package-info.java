@NullMarked
package dev.plimsoll.server.notify.wording;

import org.jspecify.annotations.NullMarked;
