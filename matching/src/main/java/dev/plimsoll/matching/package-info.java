/// Which advisory hits which package, and why?
@NullMarked
package dev.plimsoll.matching;

import org.jspecify.annotations.NullMarked;
