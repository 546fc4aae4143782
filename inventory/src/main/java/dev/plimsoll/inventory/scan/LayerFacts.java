package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.inventory.scan.LayerEvidence.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was found in one layer, within limits. Not safe for several threads.
final class LayerFacts {

    /// In unknowns of one layer; a hostile layer could have millions, and nobody reads more.
    static final int MAX_UNKNOWNS = 10_000;

    /// In unknowns of one file, so that no file uses up the layer's; later ones are only counted.
    static final int MAX_UNKNOWNS_OF_FILE = 100;

    /// In facts and paths that hard links of one layer may repeat: a link costs nothing, what it repeats may be large.
    static final int MAX_REPEATED = 500_000;

    /// In weight of what the contents of one layer's files say ({@link ContentFact#weight}).
    static final int MAX_CONTENT = 50_000;

    private final List<Found> found = new ArrayList<>();

    /// The same by path, for hard links, of which a hostile layer has many.
    private final Map<String, List<Found>> foundAt = new HashMap<>();

    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<Unreadable> oddities = new ArrayList<>();
    private int repeated;
    private int contentWeight;

    /// A sink for a file that begins to pass.
    FileFacts of(String path) {
        return new FileFacts(path);
    }

    /// The file has passed.
    void keep(AnalyzerId finder, FileFacts sink) {
        if (sink.unknowns > MAX_UNKNOWNS_OF_FILE) {
            unknown(sink.path, "", "and " + (sink.unknowns - MAX_UNKNOWNS_OF_FILE) + " more places of this file");
        }
        if (!sink.facts.isEmpty()) {
            keep(new Found(sink.path, finder, List.copyOf(sink.facts)));
        }
    }

    private void keep(Found item) {
        int weight = item.facts().stream().mapToInt(LayerFacts::contentWeight).sum();
        if (weight > MAX_CONTENT - contentWeight) {
            unknown(item.path(), "", item.analyzer() + " found more than is kept of the contents of one layer");
            return;
        }
        contentWeight += weight;
        found.add(item);
        foundAt.computeIfAbsent(item.path(), _ -> new ArrayList<>(1)).add(item);
    }

    /// What that one found in the file of that path.
    List<Found> at(String path, AnalyzerId finder) {
        return foundAt.getOrDefault(path, List.of()).stream()
                .filter(item -> item.analyzer().equals(finder))
                .toList();
    }

    /// The facts hold for another name of the file too.
    void repeat(Found item, String path) {
        var size = item.facts().stream().mapToInt(LayerFacts::size).sum();
        if (size > MAX_REPEATED - repeated) {
            unknown(path, "", "a hard link; those of the layer repeat over " + MAX_REPEATED + " facts");
            return;
        }
        repeated += size;
        keep(new Found(path, item.analyzer(), item.facts()));
    }

    private static int contentWeight(Fact fact) {
        return fact instanceof Fact.Content(var content) ? content.weight() : 0;
    }

    private static int size(Fact fact) {
        return 1
                + switch (fact) {
                    case Fact.PackageFound found -> found.ownedFiles().size();
                    case Fact.OwnedFiles(var _, var _, var paths) -> paths.size();
                    case Fact.Licenses(var _, var _, var names) -> names.size();
                    case Fact.Dependencies(var _, var _, var names) -> names.size();
                    case Fact.FileClaims(var _, var _, var claims) -> claims.size();
                    case Fact.Content(var content) -> content.weight();
                    case Fact.Properties _,
                            Fact.Diverted _,
                            Fact.Digested _,
                            Fact.Executable _,
                            Fact.DistributionFound _ -> 0;
                };
    }

    /// An oddity of the layer's entries themselves.
    void problem(String path, String reason) {
        if (oddities.size() < MAX_UNKNOWNS) {
            oddities.add(new Unreadable(path, "", reason));
        }
    }

    /// A place that could not be read.
    void unknown(String path, String place, String reason) {
        if (unreadable.size() < MAX_UNKNOWNS) {
            unreadable.add(new Unreadable(path, place, reason));
        } else if (unreadable.size() == MAX_UNKNOWNS) {
            unreadable.add(new Unreadable(
                    path, "", "and more: the layer has over " + MAX_UNKNOWNS + " places that could not be read"));
        }
    }

    LayerEvidence evidence(Map<String, String> digests, FileTable allDigests) {
        return new LayerEvidence(
                List.copyOf(found), List.copyOf(unreadable), List.copyOf(oddities), Map.copyOf(digests), allDigests);
    }

    /// Takes the facts of one file.
    final class FileFacts implements FactSink {

        private final String path;
        private final List<Fact> facts = new ArrayList<>();
        private int unknowns;

        private FileFacts(String path) {
            this.path = path;
        }

        @Override
        public void add(Fact fact) {
            facts.add(fact);
        }

        @Override
        public void unknown(String place, String reason) {
            if (++unknowns <= MAX_UNKNOWNS_OF_FILE) {
                LayerFacts.this.unknown(path, place, reason);
            }
        }
    }
}
