/// What is demanded of images, and what that comes to: bundles, waivers, verdicts and their history.
@NullMarked
package dev.plimsoll.server.judging;

import org.jspecify.annotations.NullMarked;
