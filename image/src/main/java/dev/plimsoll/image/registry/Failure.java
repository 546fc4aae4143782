package dev.plimsoll.image.registry;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// Says in words why something did not work, and makes the exception for it.
final class Failure {

    static final String NO_TLS = "it does not speak TLS";

    private Failure() {}

    /// What the user gave cannot be used.
    static ImageException unusable(String words) {
        return new ImageException(Kind.NOT_FOUND, words);
    }

    static ImageException notThere(String words) {
        return new ImageException(Kind.NOT_FOUND, words);
    }

    static ImageException unreadable(String words) {
        return new ImageException(Kind.UNREADABLE, words);
    }

    static ImageException unreadable(String words, IOException cause) {
        return new ImageException(Kind.UNREADABLE, words, cause);
    }

    /// The same failure, with what it happened to in front.
    static ImageException at(String where, IOException failure) {
        var words = String.valueOf(failure.getMessage());
        var kind = failure instanceof ImageException known ? known.kind() : Kind.UNREADABLE;
        return failure instanceof ImageException known && words.startsWith(where)
                ? known
                : new ImageException(kind, where + ": " + words, failure);
    }

    /// Why no answer came. Never quotes what was sent.
    static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertPathBuilderException _ -> {
                    return "its certificate is not signed by an authority that is trusted (--registry-ca names a"
                            + " file with one)";
                }
                case CertificateExpiredException _ -> {
                    return "its certificate has expired";
                }
                case CertificateNotYetValidException _ -> {
                    return "its certificate is not valid yet";
                }
                case UnresolvedAddressException _ -> {
                    return "there is no host of that name";
                }
                case UnknownHostException _ -> {
                    return "there is no host of that name";
                }
                case HttpConnectTimeoutException _ -> {
                    return "no connection came about in time";
                }
                case HttpTimeoutException _ -> {
                    return "no answer came in time";
                }
                default -> {
                    // a deeper cause may say more
                }
            }
        }
        return switch (failure) {
            case SSLException tls -> tlsReason(String.valueOf(tls.getMessage()));
            case ConnectException refused -> words(refused, "the connection was refused");
            default -> words(failure, "the connection broke");
        };
    }

    private static String tlsReason(String message) {
        if (message.contains("No name matching") || message.contains("No subject alternative")) {
            return "its certificate is for another name";
        }
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("plaintext connection") || lower.contains("unrecognized ssl message")) {
            return NO_TLS + " (--insecure-http HOST allows plain HTTP)";
        }
        return "no TLS connection came about (" + message + ")";
    }

    private static String words(IOException failure, String otherwise) {
        var message = failure.getMessage();
        return message == null || message.isBlank() ? otherwise : otherwise + " (" + message + ")";
    }
}
