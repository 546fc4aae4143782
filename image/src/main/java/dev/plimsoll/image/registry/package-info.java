/// Registries: a client of the Distribution API, its credentials, certificates, mirrors and proxies.
@NullMarked
package dev.plimsoll.image.registry;

import org.jspecify.annotations.NullMarked;
