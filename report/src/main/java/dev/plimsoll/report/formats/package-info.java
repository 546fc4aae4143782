/// Which formats there are.
@NullMarked
package dev.plimsoll.report.formats;

import org.jspecify.annotations.NullMarked;
