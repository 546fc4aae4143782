package dev.plimsoll.inventory.license;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /// @param id of SPDX
    /// @param sample the lowest hashes of the text
    private record Fingerprint(String id, Set<Long> sample) {

        double in(Set<Long> text) {
            int found = 0;
            for (var hash : sample) {
                if (text.contains(hash)) {
                    found++;
                }
            }
            return (double) found / sample.size();
        }
    }

    private record Match(Fingerprint fingerprint, double share) {}

    static LicenseFingerprints read(List<String> lines) {
        var fingerprints = new ArrayList<Fingerprint>();
        for (var line : lines) {
            int tab = line.indexOf('\t');
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(tab + 1)));
            var sample = new HashSet<Long>();
            while (bytes.hasRemaining()) {
                sample.add(bytes.getLong());
            }
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
        var text = TextShingles.of(in);
        var matches = fingerprints.stream()
                .map(fingerprint -> new Match(fingerprint, fingerprint.in(text)))
                .filter(match -> match.share() >= ENOUGH)
                .sorted(Comparator.comparingDouble(Match::share)
                        .reversed()
                        .thenComparingInt(match -> -match.fingerprint().sample().size()))
                .toList();
        var chosen = new ArrayList<Fingerprint>();
        for (var match : matches) {
            if (chosen.stream().noneMatch(other -> related(match.fingerprint(), other))) {
                chosen.add(match.fingerprint());
            }
        }
        return chosen.stream().map(Fingerprint::id).sorted().toList();
    }

    private static boolean related(Fingerprint left, Fingerprint right) {
        return left.in(right.sample()) >= RELATED || right.in(left.sample()) >= RELATED;
    }
}
