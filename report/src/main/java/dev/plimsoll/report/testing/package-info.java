/// What tests of bundles gave, written down.
@NullMarked
package dev.plimsoll.report.testing;

import org.jspecify.annotations.NullMarked;
