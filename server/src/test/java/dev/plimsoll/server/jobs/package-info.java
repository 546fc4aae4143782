@NullMarked
package dev.plimsoll.server.jobs;

import org.jspecify.annotations.NullMarked;
