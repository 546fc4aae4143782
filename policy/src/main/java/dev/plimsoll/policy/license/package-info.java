/// What licences mean to a rule: categories, and whether an expression can be satisfied.
@NullMarked
package dev.plimsoll.policy.license;

import org.jspecify.annotations.NullMarked;
