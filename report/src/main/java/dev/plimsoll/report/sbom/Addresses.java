package dev.plimsoll.report.sbom;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/// Tells addresses from what people write in their place. Formats refuse a document for one that is none.
final class Addresses {

    private static final Set<String> SCHEMES =
            Set.of("http", "https", "ftp", "git", "git+https", "git+http", "git+ssh");

    private Addresses() {}

    static boolean isOne(String text) {
        try {
            var uri = new URI(text);
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
