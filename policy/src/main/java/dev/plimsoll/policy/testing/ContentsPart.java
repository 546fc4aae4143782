package dev.plimsoll.policy.testing;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.inventory.content.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What small facts say of files and their contents.
record ContentsPart(
        List<FileEntry> files,
        List<Secret> secrets,
        List<ContentMatch> matches,
        List<RetrievedFile> retrieved,
        MalwareScan malware,
        Accounts accounts,
        List<FileDeviation> verification,
        List<DeletedFile> deleted) {

    /// What a run would have that collected all that the bundles ask for, and left out what is unknown.
    Contents contents(Set<KnownFact> unknown, AnalysisRequest needs) {
        var searches = Stream.concat(
                        needs.searches().stream(),
                        matches.stream()
                                .filter(match -> needs.searches().stream()
                                        .noneMatch(search -> search.name().equals(match.search())))
                                .map(match -> new ContentSearch(match.search(), "")))
                .toList();
        return new Contents(
                known(unknown, KnownFact.SECRETS, secrets),
                known(unknown, KnownFact.MATCHES, matches),
                known(unknown, KnownFact.MATCHES, searches),
                known(
                        unknown,
                        KnownFact.RETRIEVED,
                        retrieved.stream()
                                .sorted(Comparator.comparing(RetrievedFile::path))
                                .toList()),
                known(unknown, KnownFact.MALWARE, malware),
                known(unknown, KnownFact.ACCOUNTS, accounts),
                known(unknown, KnownFact.VERIFICATION, verification),
                known(unknown, KnownFact.DELETED, deleted));
    }

    private static <T> Optional<T> known(Set<KnownFact> unknown, KnownFact fact, T value) {
        return unknown.contains(fact) ? Optional.empty() : Optional.of(value);
    }
}
