/// Whether the service is well: health, metrics, logs.
@NullMarked
package dev.plimsoll.server.monitoring;

import org.jspecify.annotations.NullMarked;
