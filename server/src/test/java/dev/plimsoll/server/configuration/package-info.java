@NullMarked
package dev.plimsoll.server.configuration;

import org.jspecify.annotations.NullMarked;
