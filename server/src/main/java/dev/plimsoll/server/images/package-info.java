/// The images that the service knows: submitted, analysed once, found again by tag, digest or id.
@NullMarked
package dev.plimsoll.server.images;

import org.jspecify.annotations.NullMarked;
