/// What senders to vendors' HTTP interfaces share: JSON in and out, and answers that may be shown.
@NullMarked
package dev.plimsoll.server.notify.vendor;

import org.jspecify.annotations.NullMarked;
