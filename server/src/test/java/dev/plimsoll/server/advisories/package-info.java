@NullMarked
package dev.plimsoll.server.advisories;

import org.jspecify.annotations.NullMarked;
