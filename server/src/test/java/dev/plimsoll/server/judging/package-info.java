@NullMarked
package dev.plimsoll.server.judging;

import org.jspecify.annotations.NullMarked;
