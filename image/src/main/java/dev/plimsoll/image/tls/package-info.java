/// Whom does a TLS connection trust, and how does it prove itself? Certificates and keys from files.
@NullMarked
package dev.plimsoll.image.tls;

import org.jspecify.annotations.NullMarked;
