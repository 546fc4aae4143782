/// Records in the OSV format: from feeds and from a person's own folder.
@NullMarked
package dev.plimsoll.advisory.osv;

import org.jspecify.annotations.NullMarked;
