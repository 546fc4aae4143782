/// Jira: one ticket for a group of findings, in the cloud or in a data center of one's own.
@NullMarked
package dev.plimsoll.server.notify.jira;

import org.jspecify.annotations.NullMarked;
