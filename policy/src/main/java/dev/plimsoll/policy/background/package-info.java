/// What a rule may ask that neither an image nor advisory data tells: former results, known images, evaluations made
/// elsewhere.
@NullMarked
package dev.plimsoll.policy.background;

import org.jspecify.annotations.NullMarked;
