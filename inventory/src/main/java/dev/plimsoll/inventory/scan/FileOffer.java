package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.UnpackBudget;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.inventory.program.ProgramAnalyzer.ProgramFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Shows the files of one layer to the analyzers that want them, each content once from the layer.
final class FileOffer {

    /// In bytes.
    private static final int LEAST_MEMORY = 1 << 18;

    private final LayerFacts facts;
    private final ScanLimits limits;
    private final UnpackBudget budget;

    /// What passing files are held in where they are to be read more than once.
    private byte[] memory = new byte[0];

    /// @param budget made of these limits, shared with the other layers
    FileOffer(LayerFacts facts, ScanLimits limits, UnpackBudget budget) {
        this.facts = facts;
        this.limits = limits;
        this.budget = budget;
    }

    /// Shows the file to those that want it.
    void to(List<Analyzer> wanting, LayerEntry entry, InputStream content) throws IOException {
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
                        sink -> examining.examine(new ProgramFile(entry.path(), entry.mode(), program.get()), sink));
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
        facts.unknown(
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

    private void analyze(Analyzer analyzer, LayerEntry entry, InputStream content) throws IOException {
        var watched = new WatchedStream(content);
        guarded(
                analyzer,
                entry,
                watched::failed,
                sink -> analyzer.analyze(
                        new LayerFile(entry.path(), entry.mode(), entry.size(), watched, budget), sink));
    }

    @FunctionalInterface
    private interface Reading {
        void into(FactSink sink) throws IOException;
    }

    /// @param layerFailed whether an exception means that the layer itself could not be read
    private void guarded(Analyzer analyzer, LayerEntry entry, BooleanSupplier layerFailed, Reading reading)
            throws IOException {
        var sink = facts.of(entry.path());
        try {
            reading.into(sink);
        } catch (IOException e) {
            if (layerFailed.getAsBoolean()) {
                throw e; // the layer itself, not the file's content
            }
            sink.unknown("", analyzer.id() + " could not read it: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // A defect of one analyzer on one file must not lose the rest (design, law 4).
            sink.unknown("", analyzer.id() + " failed: " + e);
        }
        if (!budget.excess().isEmpty()) {
            throw new ImageException(ImageException.Kind.UNREADABLE, budget.excess());
        }
        facts.keep(analyzer.id(), sink);
    }
}
