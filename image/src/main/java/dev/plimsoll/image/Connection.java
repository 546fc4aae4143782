package dev.plimsoll.image;

/// How a registry, or the mirror that stood for it, was asked for an image.
public enum Connection {
    /// By TLS, with a certificate that was verified.
    VERIFIED_TLS("verified-tls"),
    /// By TLS with whatever certificate it shows: `--insecure-skip-tls-verify`, or a mirror marked insecure.
    UNVERIFIED_TLS("unverified-tls"),
    /// Without TLS.
    PLAIN_HTTP("plain-http");

    private final String word;

    Connection(String word) {
        this.word = word;
    }

    /// As inventories write it.
    public String word() {
        return word;
    }
}
