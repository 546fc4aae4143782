@NullMarked
package dev.plimsoll.server.packages;

import org.jspecify.annotations.NullMarked;
