package dev.plimsoll.server.notify.slack;

import dev.plimsoll.server.notify.sending.TestCall;

/// The message of a test.
final class SlackTestText {

    private SlackTestText() {}

    static String text(TestCall call) {
        return SlackText.escaped(
                "A test of Plimsoll: %s of the account %s asked whether messages arrive here. They do."
                        .formatted(call.actor(), call.account()),
                2000);
    }
}
