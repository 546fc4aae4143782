/// How is a result written down?
@NullMarked
package dev.plimsoll.report;

import org.jspecify.annotations.NullMarked;
