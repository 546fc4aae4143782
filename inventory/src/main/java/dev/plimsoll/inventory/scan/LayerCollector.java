package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.UnpackBudget;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.inventory.scan.LayerEvidence.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Offers the files of one layer to the analyzers while the layer passes by.
final class LayerCollector implements LayerVisitor<LayerEvidence> {

    /// In unknowns of one layer; a hostile layer could have millions, and nobody reads more.
    static final int MAX_UNKNOWNS = 10_000;

    /// In unknowns of one file, so that no file uses up the layer's; later ones are only counted.
    static final int MAX_UNKNOWNS_OF_FILE = 100;

    /// In facts and paths that hard links of one layer may repeat: a link costs nothing, what it repeats may be large.
    static final int MAX_REPEATED = 500_000;

    private final List<Analyzer> analyzers;

    /// What each of them wants, in their order: asked of every entry, so made once.
    private final List<WantedPaths> wanted;

    private final Set<String> digested;
    private final Exclusion exclusion;
    private final ScanLimits limits;
    private final UnpackBudget budget;
    private final List<Found> found = new ArrayList<>();

    /// The same by path, for hard links, of which a hostile layer has many.
    private final Map<String, List<Found>> foundAt = new HashMap<>();

    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<Unreadable> oddities = new ArrayList<>();
    private final Map<String, String> digests = new HashMap<>();
    private int repeated;

    /// @param budget made of these limits, shared with the other layers
    LayerCollector(
            List<Analyzer> analyzers,
            Set<String> digested,
            Exclusion exclusion,
            ScanLimits limits,
            UnpackBudget budget) {
        this.analyzers = analyzers;
        this.wanted = analyzers.stream().map(Analyzer::wanted).toList();
        this.digested = digested;
        this.exclusion = exclusion;
        this.limits = limits;
        this.budget = budget;
    }

    @Override
    public void visit(LayerEntry entry, InputStream content) throws IOException {
        var file = entry.kind() == LayerEntry.Kind.FILE;
        if (!file && entry.kind() != LayerEntry.Kind.HARD_LINK) {
            return;
        }
        var wanting = wanting(entry);
        var digest = digested.contains(entry.path());
        if ((wanting.isEmpty() && !digest) || exclusion.covers(entry.path())) {
            return;
        }
        if (!file) {
            hardLink(entry, wanting, digest);
        } else if (wanting.size() > 1 && entry.size() > limits.spooledBytes()) {
            unknown(
                    entry.path(),
                    "",
                    "its " + entry.size() + " bytes are over the limit of " + limits.spooledBytes()
                            + " for what several analyzers read (--max-spooled-file-bytes)");
        } else if (wanting.size() > 1) {
            try (var spooled = SpooledContent.of(content)) {
                if (digest) {
                    digest(entry.path(), spooled.open());
                }
                for (var analyzer : wanting) {
                    analyze(analyzer, entry, spooled.open());
                }
            }
        } else if (digest) {
            var digesting = new DigestInputStream(content, sha256());
            for (var analyzer : wanting) {
                analyze(analyzer, entry, digesting);
            }
            digesting.transferTo(java.io.OutputStream.nullOutputStream());
            digests.put(
                    entry.path(),
                    HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
        } else {
            analyze(wanting.getFirst(), entry, content);
        }
    }

    private List<Analyzer> wanting(LayerEntry entry) {
        List<Analyzer> wanting = List.of();
        for (var i = 0; i < analyzers.size(); i++) {
            if (wanted.get(i).wants(entry.path(), entry.mode(), entry.size())) {
                if (wanting.isEmpty()) {
                    wanting = new ArrayList<>(2);
                }
                wanting.add(analyzers.get(i));
            }
        }
        return wanting;
    }

    private void digest(String path, InputStream content) throws IOException {
        var digesting = new DigestInputStream(content, sha256());
        digesting.transferTo(java.io.OutputStream.nullOutputStream());
        digests.put(path, HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void analyze(Analyzer analyzer, LayerEntry entry, InputStream content) throws IOException {
        var watched = new WatchedStream(content);
        var facts = new Facts(entry.path());
        try {
            analyzer.analyze(new LayerFile(entry.path(), entry.mode(), entry.size(), watched, budget), facts);
        } catch (IOException e) {
            if (watched.failed()) {
                throw e; // the layer itself, not the file's content
            }
            facts.unknown("", analyzer.id() + " could not read it: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // A defect of one analyzer on one file must not lose the rest (design, law 4).
            facts.unknown("", analyzer.id() + " failed: " + e);
        }
        if (!budget.excess().isEmpty()) {
            throw new ImageException(ImageException.Kind.UNREADABLE, budget.excess());
        }
        if (facts.unknowns > MAX_UNKNOWNS_OF_FILE) {
            unknown(entry.path(), "", "and " + (facts.unknowns - MAX_UNKNOWNS_OF_FILE) + " more places of this file");
        }
        if (!facts.facts.isEmpty()) {
            keep(new Found(entry.path(), analyzer.id(), List.copyOf(facts.facts)));
        }
    }

    private void keep(Found item) {
        found.add(item);
        foundAt.computeIfAbsent(item.path(), _ -> new ArrayList<>(1)).add(item);
    }

    /// A hard link's content passed by under its other name. Where that was analysed too, the facts hold for this name
    /// as well; else nobody can say.
    private void hardLink(LayerEntry entry, List<Analyzer> wanting, boolean digest) {
        for (var analyzer : wanting) {
            var same = foundAt.getOrDefault(entry.linkTarget(), List.of()).stream()
                    .filter(item -> item.analyzer().equals(analyzer.id()))
                    .toList();
            if (same.isEmpty()) {
                unknown(
                        entry.path(),
                        "",
                        "a hard link to /" + entry.linkTarget() + ", where " + analyzer.id() + " does not look");
            }
            same.forEach(item -> repeat(item, entry.path()));
        }
        if (digest) {
            var same = digests.get(entry.linkTarget());
            if (same == null) {
                unknown(
                        entry.path(),
                        "",
                        "a hard link to /" + entry.linkTarget() + ", whose SHA-256 was not asked for");
            } else {
                digests.put(entry.path(), same);
            }
        }
    }

    private void repeat(Found item, String path) {
        var size = item.facts().stream().mapToInt(LayerCollector::size).sum();
        if (size > MAX_REPEATED - repeated) {
            unknown(path, "", "a hard link; those of the layer repeat over " + MAX_REPEATED + " facts");
            return;
        }
        repeated += size;
        keep(new Found(path, item.analyzer(), item.facts()));
    }

    private static int size(Fact fact) {
        return 1
                + switch (fact) {
                    case Fact.PackageFound found -> found.ownedFiles().size();
                    case Fact.OwnedFiles(var _, var _, var paths) -> paths.size();
                    case Fact.Licenses(var _, var _, var names) -> names.size();
                    case Fact.DistributionFound _ -> 0;
                };
    }

    @Override
    public void problem(String path, String reason) {
        if (oddities.size() < MAX_UNKNOWNS) {
            oddities.add(new Unreadable(path, "", reason));
        }
    }

    private void unknown(String path, String place, String reason) {
        if (unreadable.size() < MAX_UNKNOWNS) {
            unreadable.add(new Unreadable(path, place, reason));
        } else if (unreadable.size() == MAX_UNKNOWNS) {
            unreadable.add(new Unreadable(
                    path, "", "and more: the layer has over " + MAX_UNKNOWNS + " places that could not be read"));
        }
    }

    @Override
    public LayerEvidence finish() {
        return new LayerEvidence(
                List.copyOf(found), List.copyOf(unreadable), List.copyOf(oddities), Map.copyOf(digests));
    }

    /// Takes the facts of one file.
    private final class Facts implements FactSink {

        private final String path;
        private final List<Fact> facts = new ArrayList<>();
        private int unknowns;

        Facts(String path) {
            this.path = path;
        }

        @Override
        public void add(Fact fact) {
            facts.add(fact);
        }

        @Override
        public void unknown(String place, String reason) {
            if (++unknowns <= MAX_UNKNOWNS_OF_FILE) {
                LayerCollector.this.unknown(path, place, reason);
            }
        }
    }
}
