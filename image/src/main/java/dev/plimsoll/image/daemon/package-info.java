/// How does one talk to a container engine, and where is it?
@NullMarked
package dev.plimsoll.image.daemon;

import org.jspecify.annotations.NullMarked;
