package dev.plimsoll.inventory.secret;

import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.analysis.SecretSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Looks for secrets in every text file of every layer. A file with a NUL in its first 8,000 bytes is no text, and is
/// passed over: programs hold test keys and tables of prefixes, and what is compressed shows nothing.
public final class SecretObserver implements ContentObserver {

    private static final AnalyzerId ID = new AnalyzerId("secrets", 1);

    private final SecretEngine engine;
    private final long mostBytes;

    public SecretObserver(SecretSettings settings) {
        this.engine = SecretEngine.of(SecretRules.all(), settings.without());
        this.mostBytes = settings.mostBytes();
    }

    @Override
    public AnalyzerId id() {
        return ID;
    }

    @Override
    public boolean observes(String path, int mode, long size) {
        return true;
    }

    @Override
    public Observation begin(String path, int mode, long size, FactSink facts) {
        return new Reading(new TextScan(engine, path, size), facts);
    }

    /// Looks for secrets in a text that is no file.
    ///
    /// @param place by which rules count that are for some files alone, `config:env`
    public List<ContentFact.SecretFound> search(String place, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var scan = new TextScan(engine, place, bytes.length);
        scan.bytes(bytes, 0, bytes.length);
        return scan.end();
    }

    private final class Reading implements Observation {

        private final TextScan scan;
        private final FactSink facts;
        private long read;

        Reading(TextScan scan, FactSink facts) {
            this.scan = scan;
            this.facts = facts;
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) {
            if (!scan.isBinary()) {
                var left = mostBytes - read;
                scan.bytes(buffer, offset, Math.clamp(left, 0, length));
                read += length;
            }
        }

        @Override
        public void end() {
            scan.end().forEach(secret -> facts.add(new Fact.Content(secret)));
            if (scan.foundMore()) {
                facts.unknown("", "over " + TextScan.MAX_FOUND + " secrets; the others are not listed");
            }
            if (read > mostBytes && !scan.isBinary()) {
                facts.unknown(
                        "", "secrets were looked for in its first " + mostBytes + " bytes (--max-secret-file-bytes)");
            }
        }
    }
}
