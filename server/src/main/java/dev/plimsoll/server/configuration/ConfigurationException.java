package dev.plimsoll.server.configuration;

/// A setting cannot be used; the message names it, where it was set, and the remedy.
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
