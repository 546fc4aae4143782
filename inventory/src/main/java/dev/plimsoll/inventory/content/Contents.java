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
/// @param accounts who there is; always collected where the image was looked into
public record Contents(
        Optional<List<Secret>> secrets,
        Optional<List<ContentMatch>> matches,
        Optional<List<RetrievedFile>> retrieved,
        Optional<MalwareScan> malware,
        Optional<Accounts> accounts) {

    /// Nothing was asked for.
    public static Contents notCollected() {
        return new Contents(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
