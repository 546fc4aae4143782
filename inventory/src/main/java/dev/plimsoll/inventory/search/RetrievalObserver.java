package dev.plimsoll.inventory.search;

import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.Glob;
import dev.plimsoll.inventory.analysis.Retrieval;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;

/// Keeps files whole.
public final class RetrievalObserver implements ContentObserver {

    private static final AnalyzerId ID = new AnalyzerId("retrieval", 1);

    private final List<Glob> globs;
    private final int mostBytes;

    public RetrievalObserver(Retrieval retrieval) {
        this.globs = retrieval.globs().stream().sorted().map(Glob::new).toList();
        this.mostBytes = retrieval.mostBytes();
    }

    @Override
    public AnalyzerId id() {
        return ID;
    }

    @Override
    public boolean observes(String path, int mode, long size) {
        return globs.stream().anyMatch(glob -> glob.matches(path));
    }

    @Override
    public Observation begin(String path, int mode, long size, FactSink facts) {
        return new Observation() {
            private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
            private long read;

            @Override
            public void bytes(byte[] buffer, int offset, int length) {
                read += length;
                if (read <= mostBytes) {
                    kept.write(buffer, offset, length);
                }
            }

            @Override
            public void end() {
                if (read > mostBytes) {
                    facts.unknown(
                            "",
                            "is not retrieved: its " + read + " bytes are over the limit of " + mostBytes
                                    + " (--max-retrieved-bytes)");
                } else {
                    facts.add(new Fact.Content(
                            new ContentFact.Retrieved(Base64.getEncoder().encodeToString(kept.toByteArray()))));
                }
            }
        };
    }
}
