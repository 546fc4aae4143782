/// Feeds and their parsers, one class each.
@NullMarked
package dev.plimsoll.advisory.feed;

import org.jspecify.annotations.NullMarked;
