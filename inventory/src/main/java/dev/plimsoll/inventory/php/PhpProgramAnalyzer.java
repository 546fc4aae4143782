package dev.plimsoll.inventory.php;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The interpreter of PHP, by the header that it sends to browsers, which stands in the program with its version.
///
/// Source: PHP, `main/main.c`, `SAPI_PHP_VERSION_HEADER`: `X-Powered-By: PHP/8.2.7`. Stateless: one instance serves all
/// threads.
public final class PhpProgramAnalyzer implements Analyzer {

    private static final byte[] MARK = "X-Powered-By: PHP/".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern VERSION = Pattern.compile("([0-9]+\\.[0-9]+\\.[0-9]+(?:(?:alpha|beta|RC)[0-9]+)?).*");

    /// In bytes, behind the mark.
    private static final int MAX_VERSION = 32;

    /// In bytes; the program has some ten million.
    static final long MAX_FILE = 256L << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "php-interpreter",
                    1,
                    "PHP",
                    WantedPaths.of(
                            "**/{php,php-fpm,php-cgi,phpdbg}",
                            "**/{php,php-fpm,php-cgi,phpdbg}[0-9]*",
                            "**/libphp*.so"))
            .yields(PackageType.GENERIC)
            .gives("CPE")
            .limit("a program", MAX_FILE, "bytes")
            .source("PHP, main/main.c")
            .proof("php of Debian");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        version(file, facts)
                .ifPresent(version ->
                        facts.add(PackageFound.ofLanguage(PackageType.GENERIC, "", "php", version, List.of(), "")
                                .withCpes(List.of("cpe:2.3:a:php:php:" + version + ":*:*:*:*:*:*:*"))
                                .withProperties(Map.of(PackageProperty.CONFIDENCE, "low"))));
    }

    /// A script of that name has no such mark, and is nothing unknown.
    private static Optional<String> version(LayerFile file, FactSink facts) throws IOException {
        var buffer = new byte[1 << 16];
        var kept = 0;
        for (long read = 0; ; ) {
            var count = file.content().readNBytes(buffer, kept, buffer.length - kept);
            read += count;
            var filled = kept + count;
            var at = indexOf(buffer, filled);
            if (at >= 0 && (at + MARK.length + MAX_VERSION <= filled || count == 0)) {
                var end = Math.min(filled, at + MARK.length + MAX_VERSION);
                var text = new String(buffer, at + MARK.length, end - at - MARK.length, StandardCharsets.ISO_8859_1);
                var matcher = VERSION.matcher(text.split("[^0-9A-Za-z.+~-]", 2)[0]);
                return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
            }
            if (count == 0) {
                return Optional.empty();
            }
            if (read > MAX_FILE) {
                facts.unknown("", "over " + MAX_FILE + " bytes; the rest was not searched for the version of PHP");
                return Optional.empty();
            }
            kept = Math.min(filled, MARK.length + MAX_VERSION);
            System.arraycopy(Arrays.copyOfRange(buffer, filled - kept, filled), 0, buffer, 0, kept);
        }
    }

    private static int indexOf(byte[] buffer, int filled) {
        for (int at = 0; at + MARK.length <= filled; at++) {
            if (buffer[at] == MARK[0] && Arrays.equals(buffer, at, at + MARK.length, MARK, 0, MARK.length)) {
                return at;
            }
        }
        return -1;
    }
}
