/// Slack, by an incoming webhook or as an app that posts.
@NullMarked
package dev.plimsoll.server.notify.slack;

import org.jspecify.annotations.NullMarked;
