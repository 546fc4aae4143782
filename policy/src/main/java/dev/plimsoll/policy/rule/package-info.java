/// What a gate is made of: declarations of triggers and parameters, and what a trigger answers.
@NullMarked
package dev.plimsoll.policy.rule;

import org.jspecify.annotations.NullMarked;
