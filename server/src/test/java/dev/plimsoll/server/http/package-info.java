@NullMarked
package dev.plimsoll.server.http;

import org.jspecify.annotations.NullMarked;
