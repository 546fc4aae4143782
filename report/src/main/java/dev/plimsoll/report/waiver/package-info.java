/// What do waivers say to others, and what did they do in a result?
@NullMarked
package dev.plimsoll.report.waiver;

import org.jspecify.annotations.NullMarked;
