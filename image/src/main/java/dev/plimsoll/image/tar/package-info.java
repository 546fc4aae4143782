/// How is a tar archive read, as a stream or by position?
@NullMarked
package dev.plimsoll.image.tar;

import org.jspecify.annotations.NullMarked;
