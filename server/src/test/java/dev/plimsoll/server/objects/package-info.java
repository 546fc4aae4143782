@NullMarked
package dev.plimsoll.server.objects;

import org.jspecify.annotations.NullMarked;
