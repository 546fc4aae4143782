/// What the system knows of files and the JDK does not reach.
@NullMarked
package dev.plimsoll.image.system;

import org.jspecify.annotations.NullMarked;
