package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Pairs of made-up versions, the same for the same seed, and their comparison with an oracle's answers.
record VersionPairs(List<Pair> pairs) {

    /// An oracle's answer for a text that it does not take for a version.
    static final String INVALID = "x";

    private static final int MOST_PIECES = 7;
    private static final int SHOWN_DIFFERENCES = 20;

    record Pair(String left, String right) {}

    /// Texts made of the pieces; about half of the pairs are near relatives, because those tell rules apart.
    static VersionPairs of(long seed, int count, List<String> first, List<String> pieces) {
        var random = new Random(seed);
        var pairs = new ArrayList<Pair>();
        while (pairs.size() < count) {
            var left = randomPieces(random, first, pieces);
            var right = random.nextBoolean() ? randomPieces(random, first, pieces) : relative(random, left, pieces);
            pairs.add(new Pair(String.join("", left), String.join("", right)));
        }
        return new VersionPairs(pairs);
    }

    /// Only those of which the scheme says that both are versions.
    VersionPairs validFor(VersionScheme scheme) {
        return new VersionPairs(pairs.stream()
                .filter(pair -> scheme.compare(pair.left(), pair.right()).isPresent())
                .toList());
    }

    /// One pair a line, with a tabulator between.
    String lines() {
        var text = new StringBuilder();
        for (var pair : pairs) {
            text.append(pair.left()).append('\t').append(pair.right()).append('\n');
        }
        return text.toString();
    }

    void assertOrderedBy(VersionScheme scheme, List<String> answers, int atLeastValid) {
        assertThat(answers).hasSameSizeAs(pairs);
        var differences = new ArrayList<String>();
        int valid = 0;
        for (int i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i);
            var own = scheme.compare(pair.left(), pair.right())
                    .map(String::valueOf)
                    .orElse(INVALID);
            valid += own.equals(INVALID) ? 0 : 1;
            if (!own.equals(answers.get(i)) && differences.size() < SHOWN_DIFFERENCES) {
                differences.add(pair + " ours " + own + " oracle " + answers.get(i));
            }
        }
        assertThat(differences).as("of %d pairs", pairs.size()).isEmpty();
        assertThat(valid).as("pairs that both sides take for versions").isGreaterThanOrEqualTo(atLeastValid);
    }

    private static List<String> randomPieces(Random random, List<String> first, List<String> pieces) {
        var chosen = new ArrayList<String>();
        chosen.add(first.get(random.nextInt(first.size())));
        for (int more = random.nextInt(MOST_PIECES); more > 0; more--) {
            chosen.add(pieces.get(random.nextInt(pieces.size())));
        }
        return chosen;
    }

    private static List<String> relative(Random random, List<String> original, List<String> pieces) {
        var copy = new ArrayList<String>(original);
        var piece = pieces.get(random.nextInt(pieces.size()));
        int place = random.nextInt(copy.size());
        switch (random.nextInt(3)) {
            case 0 -> copy.add(place + 1, piece);
            case 1 -> copy.set(Math.max(place, Math.min(1, copy.size() - 1)), piece);
            default -> {
                if (copy.size() > 1) {
                    copy.remove(Math.max(1, place));
                }
            }
        }
        return copy;
    }
}
