package dev.plimsoll.server.notify.email;

/// A mail server let nobody in.
final class SmtpFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SmtpResult result;

    SmtpFailure(SmtpResult result) {
        super(result.said());
        this.result = result;
    }

    SmtpResult result() {
        return result;
    }
}
