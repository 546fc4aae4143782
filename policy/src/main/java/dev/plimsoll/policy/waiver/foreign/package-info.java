/// What do other scanners' lists of exceptions say, in waivers?
@NullMarked
package dev.plimsoll.policy.waiver.foreign;

import org.jspecify.annotations.NullMarked;
