package dev.plimsoll.inventory.license;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/// Tells the most common licences by their texts: a licence is there where nearly all runs of words are that its
/// fingerprint has. Immutable.
///
/// Source: `license-fingerprints.txt`, which `LicenseFingerprintGenerator` (in the tests) makes of the official texts;
/// it holds hashes, none of the texts.
final class LicenseFingerprints {

    static final LicenseFingerprints KNOWN = read(SpdxLicenses.lines("license-fingerprints.txt"));

    /// Of its hashes, how many must be there. Names of owners stand within texts of BSD's kind.
    static final double ENOUGH = 0.88;

    /// Of two licences, how much of one is in the other that both cannot be meant by the same words.
    static final double RELATED = 0.6;

    /// Most hashes of one licence.
    static final int SAMPLE = 200;

    private final List<Fingerprint> fingerprints;

    private LicenseFingerprints(List<Fingerprint> fingerprints) {
        this.fingerprints = List.copyOf(fingerprints);
    }

    /// A licence, and the lowest hashes of its text, in signed order.
    private static final class Fingerprint {

        private final String id;
        private final long[] sample;

        Fingerprint(String id, long[] sample) {
            this.id = id;
            this.sample = sample;
        }

        double in(long[] text) {
            int found = 0;
            for (var hash : sample) {
                if (Arrays.binarySearch(text, hash) >= 0) {
                    found++;
                }
            }
            return (double) found / sample.length;
        }
    }

    private record Match(Fingerprint fingerprint, double share) implements Comparable<Match> {

        /// The best first, and of those that are as good the longest.
        @Override
        public int compareTo(Match other) {
            var byShare = Double.compare(other.share, share);
            return byShare != 0 ? byShare : Integer.compare(other.fingerprint.sample.length, fingerprint.sample.length);
        }
    }

    static LicenseFingerprints read(List<String> lines) {
        var fingerprints = new ArrayList<Fingerprint>();
        for (var line : lines) {
            int tab = line.indexOf('\t');
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(tab + 1)));
            var sample = new long[bytes.remaining() / Long.BYTES];
            bytes.asLongBuffer().get(sample);
            Arrays.sort(sample);
            fingerprints.add(new Fingerprint(line.substring(0, tab), sample));
        }
        return new LicenseFingerprints(fingerprints);
    }

    /// What the file has of a licence with that text: the lowest hashes, which are spread over the text by chance.
    static String line(String id, InputStream text) throws IOException {
        var sample = TextShingles.of(text).stream()
                .sorted(Long::compareUnsigned)
                .limit(SAMPLE)
                .toList();
        var bytes = ByteBuffer.allocate(sample.size() * Long.BYTES);
        sample.forEach(bytes::putLong);
        return id + "\t" + Base64.getEncoder().encodeToString(bytes.array());
    }

    /// The licences whose texts are there, sorted; of texts that are nearly the same, the one that fits best.
    ///
    /// @param in stays open
    List<String> recognise(InputStream in) throws IOException {
        var text =
                TextShingles.of(in).stream().mapToLong(Long::longValue).sorted().toArray();
        var matches = new ArrayList<Match>();
        for (var fingerprint : fingerprints) {
            var share = fingerprint.in(text);
            if (share >= ENOUGH) {
                matches.add(new Match(fingerprint, share));
            }
        }
        Collections.sort(matches);
        var chosen = new ArrayList<Fingerprint>();
        for (var match : matches) {
            if (chosen.stream().noneMatch(other -> related(match.fingerprint(), other))) {
                chosen.add(match.fingerprint());
            }
        }
        return chosen.stream().map(licence -> licence.id).sorted().toList();
    }

    private static boolean related(Fingerprint left, Fingerprint right) {
        return left.in(right.sample) >= RELATED || right.in(left.sample) >= RELATED;
    }
}
