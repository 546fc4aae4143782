package dev.plimsoll.inventory.content;

import java.util.List;
import java.util.Optional;

/// What was collected of the contents of files. An empty optional was not asked for, and is *unknown* to a gate that
/// wants it.
///
/// @param secrets sorted by place; of all layers
/// @param matches of the searches, sorted by search and path
/// @param retrieved files that were kept whole, sorted by path
/// @param malware what the virus scanner said
/// @param verification files that are not as the package databases say, sorted
public record Contents(
        Optional<List<Secret>> secrets,
        Optional<List<ContentMatch>> matches,
        Optional<List<RetrievedFile>> retrieved,
        Optional<MalwareScan> malware,
        Optional<List<FileDeviation>> verification) {

    /// Nothing was asked for.
    public static Contents notCollected() {
        return new Contents(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same, with what the verification of files found.
    public Contents withVerification(Optional<List<FileDeviation>> deviations) {
        return new Contents(
                secrets,
                matches,
                retrieved,
                malware,
                deviations.map(found -> found.stream().sorted().distinct().toList()));
    }
}
