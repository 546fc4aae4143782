/// Requests to places that users name: never to the service's own network unless that is allowed.
@NullMarked
package dev.plimsoll.server.notify.outbound;

import org.jspecify.annotations.NullMarked;
