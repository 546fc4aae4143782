/// What is an image, and how are its bytes read?
@NullMarked
package dev.plimsoll.image;

import org.jspecify.annotations.NullMarked;
