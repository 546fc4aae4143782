/// Documents that tell of an image in its stead: software bills of materials.
@NullMarked
package dev.plimsoll.inventory.sbom;

import org.jspecify.annotations.NullMarked;
