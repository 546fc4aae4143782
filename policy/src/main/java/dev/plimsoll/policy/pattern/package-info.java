/// Patterns that users write: Python's regular expressions, and the wildcards of mappings and allowlists.
@NullMarked
package dev.plimsoll.policy.pattern;

import org.jspecify.annotations.NullMarked;
