@NullMarked
package dev.plimsoll.server.images;

import org.jspecify.annotations.NullMarked;
