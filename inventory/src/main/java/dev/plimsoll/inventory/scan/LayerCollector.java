package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.FileTableBuilder;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.UnpackBudget;
import dev.plimsoll.inventory.WantedIndex;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.inventory.program.ProgramAnalyzer.ProgramFile;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import dev.plimsoll.inventory.scan.LayerEvidence.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
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
import java.util.function.BooleanSupplier;

/// Offers the files of one layer to the analyzers while the layer passes by.
final class LayerCollector implements LayerVisitor<LayerEvidence> {

    /// In unknowns of one layer; a hostile layer could have millions, and nobody reads more.
    static final int MAX_UNKNOWNS = 10_000;

    /// In unknowns of one file, so that no file uses up the layer's; later ones are only counted.
    static final int MAX_UNKNOWNS_OF_FILE = 100;

    /// In files of one layer; a hard link to one beyond is said not to have been read.
    static final int MAX_OFFERED = 200_000;

    /// In facts and paths that hard links of one layer may repeat: a link costs nothing, what it repeats may be large.
    static final int MAX_REPEATED = 500_000;

    /// In weight of what the contents of one layer's files say ({@link ContentFact#weight}).
    static final int MAX_CONTENT = 50_000;
    /// In bytes, of one layer, where the digests of all files are asked for; more go to a temporary file.
    static final long DIGESTS_IN_MEMORY = 1L << 20;
    /// In bytes.
    private static final int LEAST_MEMORY = 1 << 18;

    private final List<Analyzer> analyzers;

    /// What each of them wants, in their order.
    private final WantedIndex wanted;

    private final List<ContentObserver> observers;
    private final Set<String> digested;
    private final boolean allDigested;
    private final Exclusion exclusion;
    private final ScanLimits limits;
    private final UnpackBudget budget;
    private final List<Found> found = new ArrayList<>();

    /// The same by path, for hard links, of which a hostile layer has many.
    private final Map<String, List<Found>> foundAt = new HashMap<>();

    /// Who was offered which file, so that a link to one in which nothing was found is no link to where nobody looks.
    private final Map<String, List<Analyzer>> offered = new HashMap<>();

    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<Unreadable> oddities = new ArrayList<>();
    private final Map<String, String> digests = new HashMap<>();
    private final FileTableBuilder allDigests = FileTable.builder(DIGESTS_IN_MEMORY);
    private int repeated;
    private int contentWeight;

    /// What passing files are held in where they are to be read more than once.
    private byte[] memory = new byte[0];

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
            offer(entry, wanting, content);
            return;
        }
        var facts = new LinkedHashMap<ContentObserver, Facts>();
        var observations = new ArrayList<ContentObserver.Observation>();
        for (var observer : observing) {
            var sink = new Facts(entry.path());
            facts.put(observer, sink);
            observations.add(observer.begin(entry.path(), entry.mode(), entry.size(), sink));
        }
        if (digest) {
            observations.add(new Digesting(entry.path()));
        }
        try {
            var observed = new ObservedStream(content, observations);
            offer(entry, wanting, observed);
            observed.drain();
            for (var observation : observations) {
                observation.end();
            }
        } finally {
            observations.forEach(ContentObserver.Observation::close);
        }
        facts.forEach((observer, sink) -> keep(entry.path(), observer.id(), sink));
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

    private void offer(LayerEntry entry, List<Analyzer> wanting, InputStream content) throws IOException {
        if (wanting.stream().noneMatch(ProgramAnalyzer.class::isInstance)) {
            offerAny(entry, wanting, content);
            return;
        }
        var start = content.readNBytes(Program.MAGIC_LENGTH);
        var whole = new PushbackInputStream(content, Program.MAGIC_LENGTH);
        whole.unread(start);
        if (!Program.begins(start, start.length)) {
            offerAny(
                    entry,
                    wanting.stream()
                            .filter(analyzer -> !(analyzer instanceof ProgramAnalyzer))
                            .toList(),
                    whole);
        } else if (entry.size() > limits.spooledBytes()) {
            tooLarge(entry);
        } else {
            try (var spooled = spooled(entry, whole)) {
                offerProgram(entry, wanting, spooled);
            }
        }
    }

    private void offerProgram(LayerEntry entry, List<Analyzer> wanting, SpooledContent spooled) throws IOException {
        var program = Program.of(spooled.program());
        for (var analyzer : wanting) {
            if (!(analyzer instanceof ProgramAnalyzer examining)) {
                analyze(analyzer, entry, spooled.open());
            } else if (program.isPresent()) {
                guarded(
                        analyzer,
                        entry,
                        () -> false,
                        facts -> examining.examine(new ProgramFile(entry.path(), entry.mode(), program.get()), facts));
            }
        }
    }

    private void offerAny(LayerEntry entry, List<Analyzer> wanting, InputStream content) throws IOException {
        if (wanting.size() == 1) {
            analyze(wanting.getFirst(), entry, content);
        } else if (wanting.size() > 1 && entry.size() > limits.spooledBytes()) {
            tooLarge(entry);
        } else if (wanting.size() > 1) {
            try (var spooled = spooled(entry, content)) {
                for (var analyzer : wanting) {
                    analyze(analyzer, entry, spooled.open());
                }
            }
        }
    }

    private void tooLarge(LayerEntry entry) {
        unknown(
                entry.path(),
                "",
                "its " + entry.size() + " bytes are over the limit of " + limits.spooledBytes()
                        + " for what several analyzers read (--max-spooled-file-bytes)");
    }

    /// The memory for it is used again for the next file: a layer has thousands of programs.
    private SpooledContent spooled(LayerEntry entry, InputStream content) throws IOException {
        var needed = Math.clamp(entry.size() + 1, 1, SpooledContent.IN_MEMORY);
        if (memory.length < needed) {
            memory = new byte[Math.clamp(2L * needed, LEAST_MEMORY, SpooledContent.IN_MEMORY)];
        }
        return SpooledContent.of(content, memory);
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

    private void analyze(Analyzer analyzer, LayerEntry entry, InputStream content) throws IOException {
        var watched = new WatchedStream(content);
        guarded(
                analyzer,
                entry,
                watched::failed,
                facts -> analyzer.analyze(
                        new LayerFile(entry.path(), entry.mode(), entry.size(), watched, budget), facts));
    }

    @FunctionalInterface
    private interface Reading {
        void into(FactSink facts) throws IOException;
    }

    /// @param layerFailed whether an exception means that the layer itself could not be read
    private void guarded(Analyzer analyzer, LayerEntry entry, BooleanSupplier layerFailed, Reading reading)
            throws IOException {
        var facts = new Facts(entry.path());
        try {
            reading.into(facts);
        } catch (IOException e) {
            if (layerFailed.getAsBoolean()) {
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
        keep(entry.path(), analyzer.id(), facts);
    }

    private void keep(String path, AnalyzerId finder, Facts facts) {
        if (facts.unknowns > MAX_UNKNOWNS_OF_FILE) {
            unknown(path, "", "and " + (facts.unknowns - MAX_UNKNOWNS_OF_FILE) + " more places of this file");
        }
        if (!facts.facts.isEmpty()) {
            keep(new Found(path, finder, List.copyOf(facts.facts)));
        }
    }

    private void keep(Found item) {
        int weight =
                item.facts().stream().mapToInt(LayerCollector::contentWeight).sum();
        if (weight > MAX_CONTENT - contentWeight) {
            unknown(item.path(), "", item.analyzer() + " found more than is kept of the contents of one layer");
            return;
        }
        contentWeight += weight;
        found.add(item);
        foundAt.computeIfAbsent(item.path(), _ -> new ArrayList<>(1)).add(item);
    }

    /// A hard link's content passed by under its other name. Where that was analysed too, the facts hold for this name
    /// as well; else nobody can say.
    private void hardLink(LayerEntry entry, List<Analyzer> wanting, List<ContentObserver> observing, boolean digest) {
        for (var observer : observing) {
            if (!observer.observes(entry.linkTarget(), entry.mode(), entry.size())) {
                unknown(
                        entry.path(),
                        "",
                        "a hard link to /" + entry.linkTarget() + ", where " + observer.id() + " does not look");
            }
            found(entry.linkTarget(), observer.id()).forEach(item -> repeat(item, entry.path()));
        }
        var looked = offered.getOrDefault(entry.linkTarget(), List.of());
        var programsMissed = false;
        for (var analyzer : wanting) {
            var same = found(entry.linkTarget(), analyzer.id());
            if (same.isEmpty() && !looked.contains(analyzer)) {
                var forPrograms = analyzer instanceof ProgramAnalyzer;
                if (!forPrograms || !programsMissed) {
                    unknown(
                            entry.path(),
                            "",
                            "a hard link to /" + entry.linkTarget() + ", where "
                                    + (forPrograms ? "nothing looks for programs" : analyzer.id() + " does not look"));
                }
                programsMissed |= forPrograms;
            }
            same.forEach(item -> repeat(item, entry.path()));
        }
        noteOffered(entry.path(), wanting);
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

    private void noteOffered(String path, List<Analyzer> wanting) {
        if (!wanting.isEmpty() && offered.size() < MAX_OFFERED) {
            offered.put(path, wanting);
        }
    }

    private List<Found> found(String path, AnalyzerId finder) {
        return foundAt.getOrDefault(path, List.of()).stream()
                .filter(item -> item.analyzer().equals(finder))
                .toList();
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

    private static int contentWeight(Fact fact) {
        return fact instanceof Fact.Content(var content) ? content.weight() : 0;
    }

    private static int size(Fact fact) {
        return 1
                + switch (fact) {
                    case Fact.PackageFound found -> found.ownedFiles().size();
                    case Fact.OwnedFiles(var _, var _, var paths) -> paths.size();
                    case Fact.Licenses(var _, var _, var names) -> names.size();
                    case Fact.FileClaims(var _, var _, var claims) -> claims.size();
                    case Fact.Content(var content) -> content.weight();
                    case Fact.Properties _,
                            Fact.Diverted _,
                            Fact.Digested _,
                            Fact.Executable _,
                            Fact.DistributionFound _ -> 0;
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
                List.copyOf(found),
                List.copyOf(unreadable),
                List.copyOf(oddities),
                Map.copyOf(digests),
                allDigests.build());
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
