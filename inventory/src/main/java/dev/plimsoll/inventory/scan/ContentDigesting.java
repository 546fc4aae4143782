package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentDigests;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import java.security.MessageDigest;

/// Computes of every file that passes the digests that package databases keep. Stateless: one instance serves all
/// threads.
final class ContentDigesting implements ContentObserver {

    private static final AnalyzerId ID = new AnalyzerId("content-digests", 1);

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
        return new Digesting(facts);
    }

    private static final class Digesting implements Observation {

        private final FactSink facts;
        private final MessageDigest md5 = ContentDigests.begin("MD5");
        private final MessageDigest sha1 = ContentDigests.begin("SHA-1");
        private final MessageDigest sha256 = ContentDigests.begin("SHA-256");

        Digesting(FactSink facts) {
            this.facts = facts;
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) {
            md5.update(buffer, offset, length);
            sha1.update(buffer, offset, length);
            sha256.update(buffer, offset, length);
        }

        @Override
        public void end() {
            facts.add(new Fact.Digested(new ContentDigests(md5.digest(), sha1.digest(), sha256.digest())));
        }
    }
}
