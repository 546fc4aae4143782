@NullMarked
package dev.plimsoll.server.api;

import org.jspecify.annotations.NullMarked;
