/// The way to a pass: what to do so that a bundle lets an image pass, tried by judging the image as if it were done.
@NullMarked
package dev.plimsoll.policy.path;

import org.jspecify.annotations.NullMarked;
