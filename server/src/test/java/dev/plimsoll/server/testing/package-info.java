/// What tests of the service stand on: a real database, the API without a network.
@NullMarked
package dev.plimsoll.server.testing;

import org.jspecify.annotations.NullMarked;
