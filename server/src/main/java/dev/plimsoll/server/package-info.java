/// The service, put together.
@NullMarked
package dev.plimsoll.server;

import org.jspecify.annotations.NullMarked;
