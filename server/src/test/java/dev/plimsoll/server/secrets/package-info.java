@NullMarked
package dev.plimsoll.server.secrets;

import org.jspecify.annotations.NullMarked;
