/// How is one layer, packed or plain, turned into entries, digests and limits?
@NullMarked
package dev.plimsoll.image.layer;

import org.jspecify.annotations.NullMarked;
