package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileTable;
import java.util.List;
import java.util.Map;

/// What one layer says, without knowledge of the others.
///
/// @param found facts by the file that they stand in
/// @param unreadable places of files that could not be read
/// @param oddities of the layer's entries themselves, which no higher layer can take back
/// @param digests SHA-256 of the files that were asked for, by path
/// @param allDigests where those of all files were: entries of which only path and digest say something
record LayerEvidence(
        List<Found> found,
        List<Unreadable> unreadable,
        List<Unreadable> oddities,
        Map<String, String> digests,
        FileTable allDigests) {

    record Found(String path, AnalyzerId analyzer, List<Fact> facts) {}

    record Unreadable(String path, String place, String reason) {}
}
