@NullMarked
package dev.plimsoll.server.notify.jira;

import org.jspecify.annotations.NullMarked;
