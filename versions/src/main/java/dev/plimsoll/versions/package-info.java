/// How does each ecosystem order its versions, and when is a version in a range?
@NullMarked
package dev.plimsoll.versions;

import org.jspecify.annotations.NullMarked;
