/// XML, written always the same way.
@NullMarked
package dev.plimsoll.report.xml;

import org.jspecify.annotations.NullMarked;
