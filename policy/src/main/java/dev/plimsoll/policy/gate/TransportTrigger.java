package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;

/// Trigger `transport` of the gate `image_config`.
final class TransportTrigger {

    private TransportTrigger() {}

    static Trigger declaration() {
        return Trigger.named("transport")
                .describedAs(
                        "Fires where the image was read from a registry without TLS, or without its certificate being"
                                + " verified. An image that this run did not read from a registry cannot be judged.")
                .judgedBy((_, subject) -> judge(subject));
    }

    private static Outcome judge(Subject subject) {
        var connection = subject.inventory().image().connection();
        if (connection.isEmpty()) {
            return Outcome.cannotJudge("how the image came from its registry is not known: "
                    + UnknownFacts.whatTells(subject.inventory()) + " does not tell it (registry:NAME does)");
        }
        return switch (connection.get()) {
            case VERIFIED_TLS -> Outcome.quiet();
            case UNVERIFIED_TLS ->
                ImageConfigGate.fired(
                        "transport",
                        "unverified-tls",
                        "The registry's certificate was not verified",
                        Remedy.of("Let the registry show a certificate that can be verified (--registry-ca), and take"
                                + " --insecure-skip-tls-verify away"));
            case PLAIN_HTTP ->
                ImageConfigGate.fired(
                        "transport",
                        "plain-http",
                        "The registry was asked without TLS",
                        Remedy.of("Let the registry speak TLS, and take --insecure-http away"));
        };
    }
}
