/// What do we demand?
@NullMarked
package dev.plimsoll.policy;

import org.jspecify.annotations.NullMarked;
