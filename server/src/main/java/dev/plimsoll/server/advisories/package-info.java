/// Advisory data as revisions: imported, compared with the last, checked, activated; the matches of distinct packages
/// under them; what they change for images.
@NullMarked
package dev.plimsoll.server.advisories;

import org.jspecify.annotations.NullMarked;
