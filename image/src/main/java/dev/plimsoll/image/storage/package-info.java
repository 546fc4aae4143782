/// How do Podman, Buildah and CRI-O keep images on disk?
@NullMarked
package dev.plimsoll.image.storage;

import org.jspecify.annotations.NullMarked;
