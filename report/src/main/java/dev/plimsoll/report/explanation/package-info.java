/// Why a verdict is what it is, in words.
@NullMarked
package dev.plimsoll.report.explanation;

import org.jspecify.annotations.NullMarked;
