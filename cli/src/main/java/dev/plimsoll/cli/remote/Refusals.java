package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/// What failed, as a sentence with a remedy.
///
/// Source: RFC 9457, "Problem Details for HTTP APIs".
final class Refusals {

    /// Of a bundle's problems, that are told one by one.
    private static final int MAX_PROBLEMS = 20;

    private Refusals() {}

    /// What a status that is no success means.
    static CommandException of(Server server, String path, Answer answer) {
        if (answer.status() / 100 == 3) {
            return CommandException.usage(server + " sends us elsewhere, to "
                    + answer.header("location").orElse("an unknown place") + ": log in at the address there");
        }
        var ours = answer.isJson();
        if (answer.status() == 401) {
            return CommandException.usage(server + " does not know us"
                    + (ours ? " (" + detail(answer.json()) + ")" : "")
                    + ": log in again with `plimsoll remote login " + server + "`, or look at the variable "
                    + ConnectionArguments.KEY);
        }
        if (!ours) {
            return answer.status() == 404 || answer.status() < 500
                    ? answer.noServer()
                    : CommandException.usage(server + " fails with status " + answer.status()
                            + "; what stands before it, or its log, says why");
        }
        var problem = answer.json();
        var detail = detail(problem);
        return CommandException.usage(
                switch (answer.status()) {
                    case 403 ->
                        "not allowed: " + detail
                                + "; `plimsoll remote login` with a key of another role, or ask who administers "
                                + server;
                    case 404 -> detail.isEmpty() ? server + " knows nothing at " + path : detail;
                    case 429 ->
                        detail
                                + answer.header("retry-after")
                                        .map(seconds -> "; try again in " + seconds + " seconds")
                                        .orElse("");
                    default ->
                        answer.status() >= 500
                                ? "the server failed: " + detail + " (" + server + ", status " + answer.status() + ")"
                                : detail + problems(problem);
                });
    }

    private static String detail(JsonObject problem) {
        return problem.string("detail").or(() -> problem.string("title")).orElse("");
    }

    /// What a bundle or a file of waivers is refused for.
    private static String problems(JsonObject problem) {
        var all = problem.objects("problems");
        var told = all.stream()
                .limit(MAX_PROBLEMS)
                .map(each -> "\n  " + each.string("severity").orElse("error") + ", "
                        + each.string("place").orElse("") + ": "
                        + each.string("message").orElse(""))
                .collect(Collectors.joining());
        return told + (all.size() > MAX_PROBLEMS ? "\n  … and " + (all.size() - MAX_PROBLEMS) + " more" : "");
    }

    /// What it means that no answer came.
    static CommandException of(Server server, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return CommandException.usage("there is no host " + server.url().getHost() + " (" + server + ")");
            }
            if (cause instanceof SSLException) {
                return CommandException.usage("the connection to " + server + " cannot be trusted: "
                        + Failures.reason(failure)
                        + "; --ca FILE trusts your own authority" + hint(String.valueOf(cause.getMessage())));
            }
        }
        return switch (failure) {
            case HttpTimeoutException _ -> CommandException.usage(server + " does not answer in time");
            case ConnectException _ ->
                CommandException.usage(
                        "nothing answers at " + server + ": is the server running? `plimsoll server` starts one");
            case IOException _ ->
                CommandException.usage("the connection to " + server + " broke: " + Failures.reason(failure));
        };
    }

    private static String hint(String message) {
        return message.contains("plaintext") || message.contains("Unsupported or unrecognized")
                ? "; or does it speak plain HTTP: http:// in place of https://?"
                : "";
    }
}
