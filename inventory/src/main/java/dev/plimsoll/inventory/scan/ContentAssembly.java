package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Healthcheck;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.account.AccountFilesAnalyzer;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.inventory.content.ShadowEntry;
import dev.plimsoll.inventory.malware.MalwareObserver;
import dev.plimsoll.inventory.search.RetrievalObserver;
import dev.plimsoll.inventory.search.SearchObserver;
import dev.plimsoll.inventory.secret.SecretObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Merges what the contents of the layers' files say: of secrets and malware everything, whatever a higher layer hides;
/// of the rest what is visible.
final class ContentAssembly {

    /// In characters of all retrieved files of an image, in Base64.
    static final int MAX_RETRIEVED = 32 << 20;

    /// In secrets, in malware and in files that were not scanned of an image.
    static final int MAX_LISTED = 20_000;

    /// In files with matches of an image.
    static final int MAX_MATCHES = 4_000;

    private final Image image;
    private final List<Analyzer> analyzers;
    private final List<ContentObserver> observers;
    private final Visibility visibility;
    private final IntFunction<OptionalInt> layerOf;
    private final List<Unknown> unknowns = new ArrayList<>();

    /// Whether a path of a layer is what the image shows there.
    @FunctionalInterface
    interface Visibility {
        boolean isVisible(String path, int layer);
    }

    ContentAssembly(
            Image image,
            List<Analyzer> analyzers,
            List<ContentObserver> observers,
            Visibility visibility,
            IntFunction<OptionalInt> layerOf) {
        this.image = image;
        this.analyzers = analyzers;
        this.observers = observers;
        this.visibility = visibility;
        this.layerOf = layerOf;
    }

    Contents contents(List<Assembly.LayerFound> everything) {
        var facts = facts(everything);
        return new Contents(
                observer(SecretObserver.class).map(observer -> secrets(facts, observer)),
                observer(SearchObserver.class).map(_ -> matches(facts)),
                observer(SearchObserver.class).map(SearchObserver::searches),
                observer(RetrievalObserver.class).map(_ -> retrieved(facts)),
                observer(MalwareObserver.class).map(observer -> malware(facts, observer)),
                analyzers.stream().anyMatch(AccountFilesAnalyzer.class::isInstance)
                        ? Optional.of(accounts(facts))
                        : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// What a file of a layer says.
    private record Placed(String path, int layer, boolean visible, ContentFact fact) {}

    private List<Placed> facts(List<Assembly.LayerFound> everything) {
        var all = new ArrayList<Placed>();
        for (var evidence : everything) {
            var path = evidence.found().path();
            for (var fact : evidence.found().facts()) {
                if (fact instanceof Fact.Content(var content)) {
                    all.add(new Placed(path, evidence.layer(), visibility.isVisible(path, evidence.layer()), content));
                }
            }
        }
        all.sort(Comparator.comparing(Placed::path).thenComparingInt(Placed::layer));
        return all;
    }

    private <T extends ContentObserver> Optional<T> observer(Class<T> kind) {
        return observers.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private List<Secret> secrets(List<Placed> facts, SecretObserver observer) {
        var secrets = new ArrayList<Secret>();
        for (var placed : facts) {
            if (placed.fact() instanceof ContentFact.SecretFound found) {
                secrets.add(secret(found, placed.path(), layerOf.apply(placed.layer()), !placed.visible()));
            }
        }
        secrets.addAll(ofConfiguration(observer));
        secrets.sort(Comparator.comparing(Secret::path)
                .thenComparingInt((Secret secret) -> secret.layer().orElse(-1))
                .thenComparingInt(Secret::line)
                .thenComparing(Secret::rule)
                .thenComparing(Secret::digest));
        return limited(secrets, MAX_LISTED, "secrets");
    }

    private static Secret secret(ContentFact.SecretFound found, String path, OptionalInt layer, boolean deleted) {
        return new Secret(found.rule(), path, layer, found.line(), found.redacted(), found.digest(), deleted);
    }

    /// A line is the number of the entry.
    private List<Secret> ofConfiguration(SecretObserver observer) {
        if (image.configuration().isEmpty()) {
            return List.of();
        }
        var configuration = image.configuration().get();
        var secrets = new ArrayList<Secret>();
        secrets.addAll(ofEntries("config:env", configuration.environment(), observer));
        secrets.addAll(ofEntries(
                "config:command",
                Stream.of(
                                configuration.entrypoint(),
                                configuration.command(),
                                configuration
                                        .healthcheck()
                                        .map(Healthcheck::test)
                                        .orElse(List.of()),
                                configuration.onBuild())
                        .flatMap(List::stream)
                        .toList(),
                observer));
        secrets.addAll(ofEntries(
                "config:labels",
                configuration.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList(),
                observer));
        secrets.addAll(ofEntries(
                "config:history",
                configuration.history().stream()
                        .map(step -> step.createdBy() + " " + step.comment())
                        .toList(),
                observer));
        return secrets;
    }

    private static List<Secret> ofEntries(String place, List<String> entries, SecretObserver observer) {
        var secrets = new ArrayList<Secret>();
        for (int i = 0; i < entries.size(); i++) {
            for (var found : observer.search(place, entries.get(i))) {
                secrets.add(new Secret(
                        found.rule(), place, OptionalInt.empty(), i + 1, found.redacted(), found.digest(), false));
            }
        }
        return secrets;
    }

    private List<ContentMatch> matches(List<Placed> facts) {
        var matches = facts.stream()
                .filter(Placed::visible)
                .filter(placed -> placed.fact() instanceof ContentFact.SearchMatched)
                .map(placed -> {
                    var matched = (ContentFact.SearchMatched) placed.fact();
                    return new ContentMatch(matched.search(), placed.path(), placed.layer(), matched.lines());
                })
                .sorted(Comparator.comparing(ContentMatch::search).thenComparing(ContentMatch::path))
                .toList();
        return limited(matches, MAX_MATCHES, "files with matches");
    }

    private List<RetrievedFile> retrieved(List<Placed> facts) {
        var kept = new ArrayList<RetrievedFile>();
        long sum = 0;
        for (var placed : facts) {
            if (!placed.visible() || !(placed.fact() instanceof ContentFact.Retrieved(var content))) {
                continue;
            }
            if (sum + content.length() > MAX_RETRIEVED) {
                unknowns.add(new Unknown(
                        placed.path(),
                        layerOf.apply(placed.layer()),
                        "",
                        "is not retrieved: all retrieved files are over the limit of " + MAX_RETRIEVED
                                + " characters in Base64"));
                continue;
            }
            sum += content.length();
            kept.add(new RetrievedFile(placed.path(), content));
        }
        return List.copyOf(kept);
    }

    private MalwareScan malware(List<Placed> facts, MalwareObserver observer) {
        var findings = new ArrayList<MalwareScan.Finding>();
        var notScanned = new ArrayList<MalwareScan.NotScanned>();
        for (var placed : facts) {
            switch (placed.fact()) {
                case ContentFact.MalwareFound(var signature) ->
                    findings.add(new MalwareScan.Finding(placed.path(), placed.layer(), signature, !placed.visible()));
                case ContentFact.MalwareNotScanned(var reason) ->
                    notScanned.add(new MalwareScan.NotScanned(placed.path(), placed.layer(), reason));
                case ContentFact _ -> {
                    // not of malware
                }
            }
        }
        return new MalwareScan(
                observer.outcome(),
                observer.version().engine(),
                observer.version().signatures(),
                limited(findings, MAX_LISTED, "files with malware"),
                limited(notScanned, MAX_LISTED, "files that the virus scanner did not see"));
    }

    private <T> List<T> limited(List<T> all, int most, String what) {
        if (all.size() <= most) {
            return List.copyOf(all);
        }
        unknowns.add(
                new Unknown("", OptionalInt.empty(), "", "over " + most + " " + what + "; the others are not listed"));
        return List.copyOf(all.subList(0, most));
    }

    private static Accounts accounts(List<Placed> facts) {
        var accounts = new ArrayList<Account>();
        var groups = new ArrayList<Group>();
        var passwords = new ArrayList<ShadowEntry>();
        for (var placed : facts) {
            if (placed.visible()) {
                switch (placed.fact()) {
                    case ContentFact.AccountFound(var account) -> accounts.add(account);
                    case ContentFact.GroupFound(var group) -> groups.add(group);
                    case ContentFact.ShadowFound(var entry) -> passwords.add(entry);
                    case ContentFact _ -> {
                        // not of accounts
                    }
                }
            }
        }
        return new Accounts(accounts, groups, passwords);
    }

    /// What could not be kept, after {@link #contents}; and account files that are links, whose accounts are not read.
    List<Unknown> unknowns(FileTree tree) {
        for (var path : List.of(AccountFilesAnalyzer.PASSWD, AccountFilesAnalyzer.GROUP, AccountFilesAnalyzer.SHADOW)) {
            tree.get(path)
                    .filter(_ -> tree.resolve(path).filter(path::equals).isEmpty())
                    .ifPresent(entry -> unknowns.add(new Unknown(
                            path, layerOf.apply(entry.layer()), "", "it is a link; accounts are not read from it")));
        }
        return unknowns;
    }
}
