package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads a secret from standard input: others can read a command line.
final class SecretInput {

    /// In bytes; a secret is a line.
    static final int MAX_SECRET = 64 << 10;

    private SecretInput() {}

    /// One line, so that it can be typed as well as piped.
    ///
    /// @param what that is asked for, for who types it: `the key`
    /// @param option that asks for it
    /// @throws CommandException where nothing comes
    static String read(Environment environment, String what, String option) {
        if (environment.errIsTerminal()) {
            environment.err().println("plimsoll: waiting for " + what + " on standard input, one line");
        }
        var line = new ByteArrayOutputStream();
        try {
            for (int next = environment.in().read();
                    next >= 0 && next != '\n';
                    next = environment.in().read()) {
                line.write(next);
                if (line.size() > MAX_SECRET) {
                    throw CommandException.usage(option + ": more than " + MAX_SECRET + " bytes came");
                }
            }
        } catch (IOException e) {
            throw CommandException.usage(option + ": " + Failures.reason(e));
        }
        var text = line.toString(StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw CommandException.usage(option + ": " + what + " did not come on standard input");
        }
        return text;
    }
}
