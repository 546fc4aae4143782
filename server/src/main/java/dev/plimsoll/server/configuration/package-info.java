/// How the service is set up: each setting is declared once, and comes from a flag, the environment, a file or its
/// default.
@NullMarked
package dev.plimsoll.server.configuration;

import org.jspecify.annotations.NullMarked;
