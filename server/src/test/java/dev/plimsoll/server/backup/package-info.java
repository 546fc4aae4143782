@NullMarked
package dev.plimsoll.server.backup;

import org.jspecify.annotations.NullMarked;
