@NullMarked
package dev.plimsoll.server.accounts;

import org.jspecify.annotations.NullMarked;
