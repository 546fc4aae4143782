package dev.plimsoll.server.monitoring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the log goes: standard error, as text for people or as JSON lines. Nothing that is a secret is handed to it.
public final class Logs {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0}: %msg %kvp%n";

    /// Kept, because the JDK's loggers forget their levels when nobody holds them.
    private static final java.util.logging.Logger WEB_SERVER = java.util.logging.Logger.getLogger("io.helidon");

    private Logs() {}

    /// @param level `debug`, `info`, `warn`, `error`
    public static void configure(boolean json, String level) {
        WEB_SERVER.setLevel(java.util.logging.Level.WARNING);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            Encoder<ILoggingEvent> encoder = json ? json() : text(context);
            encoder.setContext(context);
            encoder.start();
            var appender = new ConsoleAppender<ILoggingEvent>();
            appender.setContext(context);
            appender.setTarget("System.err");
            appender.setEncoder(encoder);
            appender.start();
            var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.setLevel(Level.WARN);
            root.addAppender(appender);
            context.getLogger("dev.plimsoll").setLevel(Level.toLevel(level));
        }
    }

    private static Encoder<ILoggingEvent> json() {
        var encoder = new JsonEncoder();
        encoder.setWithNanoseconds(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithContext(false);
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        return encoder;
    }
}
