package dev.plimsoll.inventory.content;

import dev.plimsoll.inventory.analysis.ContentSearch;
import java.util.List;
import java.util.Optional;

/// What was collected of the contents of files. An empty optional was not asked for, and is *unknown* to a gate that
/// wants it.
///
/// @param secrets sorted by place; of all layers
/// @param matches of the searches, sorted by search and path
/// @param searches that were made, sorted; one that found nothing is here as well. Empty where it is not told which
/// @param retrieved files that were kept whole, sorted by path
/// @param malware what the virus scanner said
/// @param accounts who there is; always collected where the image was looked into
/// @param verification files that are not as the package databases say, sorted
/// @param deleted files that a later layer deletes, sorted
public record Contents(
        Optional<List<Secret>> secrets,
        Optional<List<ContentMatch>> matches,
        Optional<List<ContentSearch>> searches,
        Optional<List<RetrievedFile>> retrieved,
        Optional<MalwareScan> malware,
        Optional<Accounts> accounts,
        Optional<List<FileDeviation>> verification,
        Optional<List<DeletedFile>> deleted) {

    public Contents {
        searches = searches.map(made -> made.stream().sorted().distinct().toList());
        deleted = deleted.map(files -> files.stream().sorted().distinct().toList());
    }

    /// Nothing was asked for.
    public static Contents notCollected() {
        return new Contents(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// The same, with what the verification of files found.
    public Contents withVerification(Optional<List<FileDeviation>> deviations) {
        return new Contents(
                secrets,
                matches,
                searches,
                retrieved,
                malware,
                accounts,
                deviations.map(found -> found.stream().sorted().distinct().toList()),
                deleted);
    }

    /// The same, with the files that later layers delete.
    public Contents withDeleted(Optional<List<DeletedFile>> files) {
        return new Contents(secrets, matches, searches, retrieved, malware, accounts, verification, files);
    }
}
