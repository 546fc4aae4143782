package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.FileTableBuilder;
import dev.plimsoll.inventory.UnpackBudget;
import dev.plimsoll.inventory.WantedIndex;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Offers the files of one layer to the analyzers while the layer passes by.
final class LayerCollector implements LayerVisitor<LayerEvidence> {

    /// In files of one layer; a hard link to one beyond is said not to have been read.
    static final int MAX_OFFERED = 200_000;

    /// In bytes, of one layer, where the digests of all files are asked for; more go to a temporary file.
    static final long DIGESTS_IN_MEMORY = 1L << 20;

    private final List<Analyzer> analyzers;

    /// What each of them wants, in their order.
    private final WantedIndex wanted;

    private final List<ContentObserver> observers;
    private final Set<String> digested;
    private final boolean allDigested;
    private final Exclusion exclusion;
    private final LayerFacts facts = new LayerFacts();
    private final FileOffer offer;

    /// Who was offered which file, so that a link to one in which nothing was found is no link to where nobody looks.
    private final Map<String, List<Analyzer>> offered = new HashMap<>();

    private final Map<String, String> digests = new HashMap<>();
    private final FileTableBuilder allDigests = FileTable.builder(DIGESTS_IN_MEMORY);

    /// @param wanted made of the analyzers, in their order
    /// @param budget made of these limits, shared with the other layers
    LayerCollector(
            List<Analyzer> analyzers,
            WantedIndex wanted,
            List<ContentObserver> observers,
            Set<String> digested,
            boolean allDigested,
            Exclusion exclusion,
            ScanLimits limits,
            UnpackBudget budget) {
        this.analyzers = analyzers;
        this.wanted = wanted;
        this.observers = observers;
        this.digested = digested;
        this.allDigested = allDigested;
        this.exclusion = exclusion;
        this.offer = new FileOffer(facts, limits, budget);
    }

    @Override
    public void visit(LayerEntry entry, InputStream content) throws IOException {
        var file = entry.kind() == LayerEntry.Kind.FILE;
        if (!file && entry.kind() != LayerEntry.Kind.HARD_LINK) {
            return;
        }
        var wanting = wanting(entry);
        var observing = observing(entry);
        var digest = digested.contains(entry.path()) || (allDigested && file);
        if ((wanting.isEmpty() && observing.isEmpty() && !digest) || exclusion.covers(entry.path())) {
            return;
        }
        if (!file) {
            hardLink(entry, wanting, observing, digest);
            return;
        }
        noteOffered(entry.path(), wanting);
        if (observing.isEmpty() && !digest) {
            offer.to(wanting, entry, content);
            return;
        }
        var sinks = new LinkedHashMap<ContentObserver, LayerFacts.FileFacts>();
        var observations = new ArrayList<ContentObserver.Observation>();
        for (var observer : observing) {
            var sink = facts.of(entry.path());
            sinks.put(observer, sink);
            observations.add(observer.begin(entry.path(), entry.mode(), entry.size(), sink));
        }
        if (digest) {
            observations.add(new Digesting(entry.path()));
        }
        try {
            var observed = new ObservedStream(content, observations);
            offer.to(wanting, entry, observed);
            observed.drain();
            for (var observation : observations) {
                observation.end();
            }
        } finally {
            observations.forEach(ContentObserver.Observation::close);
        }
        sinks.forEach((observer, sink) -> facts.keep(observer.id(), sink));
    }

    /// Computes the SHA-256 of a file that passes.
    private final class Digesting implements ContentObserver.Observation {

        private final String path;
        private final MessageDigest digest = sha256();

        Digesting(String path) {
            this.path = path;
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) {
            digest.update(buffer, offset, length);
        }

        @Override
        public void end() {
            var text = HexFormat.of().formatHex(digest.digest());
            if (digested.contains(path)) {
                digests.put(path, text);
            }
            if (allDigested) {
                allDigests.add(new FileEntry(path, FileEntry.Kind.FILE, 0, 0, 0, 0, 0, "", Optional.of(text)));
            }
        }
    }

    private List<Analyzer> wanting(LayerEntry entry) {
        var positions = wanted.wanting(entry.path(), entry.mode(), entry.size());
        return positions.isEmpty()
                ? List.of()
                : positions.stream().map(analyzers::get).toList();
    }

    private List<ContentObserver> observing(LayerEntry entry) {
        return observers.isEmpty()
                ? List.of()
                : observers.stream()
                        .filter(observer -> observer.observes(entry.path(), entry.mode(), entry.size()))
                        .toList();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// A hard link's content passed by under its other name. Where that was analysed too, the facts hold for this name
    /// as well; else nobody can say.
    private void hardLink(LayerEntry entry, List<Analyzer> wanting, List<ContentObserver> observing, boolean digest) {
        for (var observer : observing) {
            if (!observer.observes(entry.linkTarget(), entry.mode(), entry.size())) {
                facts.unknown(
                        entry.path(),
                        "",
                        "a hard link to /" + entry.linkTarget() + ", where " + observer.id() + " does not look");
            }
            facts.at(entry.linkTarget(), observer.id()).forEach(item -> facts.repeat(item, entry.path()));
        }
        var looked = offered.getOrDefault(entry.linkTarget(), List.of());
        var programsMissed = false;
        for (var analyzer : wanting) {
            var same = facts.at(entry.linkTarget(), analyzer.id());
            if (same.isEmpty() && !looked.contains(analyzer)) {
                var forPrograms = analyzer instanceof ProgramAnalyzer;
                if (!forPrograms || !programsMissed) {
                    facts.unknown(
                            entry.path(),
                            "",
                            "a hard link to /" + entry.linkTarget() + ", where "
                                    + (forPrograms ? "nothing looks for programs" : analyzer.id() + " does not look"));
                }
                programsMissed |= forPrograms;
            }
            same.forEach(item -> facts.repeat(item, entry.path()));
        }
        noteOffered(entry.path(), wanting);
        if (digest) {
            var same = digests.get(entry.linkTarget());
            if (same == null) {
                facts.unknown(
                        entry.path(),
                        "",
                        "a hard link to /" + entry.linkTarget() + ", whose SHA-256 was not asked for");
            } else {
                digests.put(entry.path(), same);
            }
        }
    }

    private void noteOffered(String path, List<Analyzer> wanting) {
        if (!wanting.isEmpty() && offered.size() < MAX_OFFERED) {
            offered.put(path, wanting);
        }
    }

    @Override
    public void problem(String path, String reason) {
        facts.problem(path, reason);
    }

    @Override
    public LayerEvidence finish() {
        return facts.evidence(digests, allDigests.build());
    }
}
