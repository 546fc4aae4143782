/// How is foreign JSON read, within limits, and our own written, always the same way?
@NullMarked
package dev.plimsoll.json;

import org.jspecify.annotations.NullMarked;
