@NullMarked
package dev.plimsoll.server.monitoring;

import org.jspecify.annotations.NullMarked;
