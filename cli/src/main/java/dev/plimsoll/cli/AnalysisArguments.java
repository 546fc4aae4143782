package dev.plimsoll.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.Glob;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.analysis.AnalysisSettings.DeclaredPackages;
import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.analysis.MalwareSettings;
import dev.plimsoll.inventory.analysis.Retrieval;
import dev.plimsoll.inventory.analysis.SecretSettings;
import dev.plimsoll.inventory.malware.ClamdAddress;
import dev.plimsoll.inventory.scan.Analyzers;
import dev.plimsoll.inventory.secret.SecretRule;
import dev.plimsoll.inventory.secret.SecretRules;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is collected of an image. Every command that looks for packages has these options, and the section `analysis`
/// of the configuration file holds them for all commands.
final class AnalysisArguments {

    /// Names of these options, by which the section of the file knows its keys.
    static final Set<String> NAMES = Set.of(
            "secrets",
            "secret-rules-without",
            "max-secret-file-bytes",
            "search",
            "retrieve",
            "max-retrieved-bytes",
            "malware",
            "max-malware-bytes",
            "malware-timeout",
            "verify-files",
            "go-symbols",
            "digest-all",
            "deleted-files",
            "declared",
            "without-analyzer");

    /// In bytes: what a text of an inventory can hold in Base64.
    private static final int MAX_RETRIEVED = 4 << 20;

    @Option(names = "--secrets", description = "Look for secrets in the files of all layers and in the configuration.")
    private boolean secrets;

    @Option(
            names = "--secret-rules-without",
            split = "\n",
            paramLabel = "NAME",
            description = "Leave out a rule of secrets. May be given several times.")
    private List<String> secretRulesWithout = List.of();

    @Option(
            names = "--max-secret-file-bytes",
            paramLabel = "N",
            description = "How much of a file is searched for secrets (default: ${DEFAULT-VALUE}).")
    private long maxSecretFileBytes = SecretSettings.DEFAULT_MOST_BYTES;

    @Option(
            names = "--search",
            split = "\n",
            paramLabel = "NAME=REGEX",
            description = "Look for a regular expression (RE2) in the lines of text files. May be given several times.")
    private List<String> searches = List.of();

    @Option(
            names = "--retrieve",
            split = "\n",
            paramLabel = "GLOB",
            description = "Keep files whole in the inventory: '/etc/ssh/*'. May be given several times.")
    private List<String> retrieved = List.of();

    @Option(
            names = "--max-retrieved-bytes",
            paramLabel = "N",
            description = "Limit of a file that is kept whole, 4194304 at most (default: ${DEFAULT-VALUE}).")
    private int maxRetrievedBytes = Retrieval.DEFAULT_MOST_BYTES;

    @Option(
            names = "--malware",
            paramLabel = "ADDRESS",
            description = "Show the files of all layers to clamd: unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310.")
    private @Nullable String malware;

    @Option(
            names = "--max-malware-bytes",
            paramLabel = "N",
            description = "Longest file that is shown to clamd (default: ${DEFAULT-VALUE}).")
    private long maxMalwareBytes = MalwareSettings.DEFAULT_MOST_BYTES;

    @Option(
            names = "--malware-timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long clamd may take for a file (default: 120s).")
    private Duration malwareTimeout = Duration.ofSeconds(MalwareSettings.DEFAULT_TIMEOUT_SECONDS);

    @Option(names = "--verify-files", description = "Hold files against what the package databases say of them.")
    private boolean verifyFiles;

    @Option(
            names = "--go-symbols",
            description =
                    "Collect which functions Go programs hold: advisories about functions that they do not hold are suppressed.")
    private boolean goSymbols;

    @Option(names = "--digest-all", description = "Collect the SHA-256 of every file.")
    private boolean digestAll;

    @Option(names = "--deleted-files", description = "List the files that a later layer deletes.")
    private boolean deletedFiles;

    @Option(
            names = "--declared",
            paramLabel = "WHEN",
            description =
                    "When packages count that lock files alone name: auto (in a folder always, in an image where nothing that the file lists is installed), always, never (default: ${DEFAULT-VALUE}).")
    private DeclaredPackages declared = DeclaredPackages.AUTO;

    @Option(
            names = "--without-analyzer",
            split = "\n",
            paramLabel = "NAME",
            description = "Leave out an analyzer; `plimsoll analyzers` lists them. May be given several times.")
    private List<String> withoutAnalyzers = List.of();

    /// @throws CommandException for a value that means nothing
    AnalysisSettings settings() {
        return new AnalysisSettings(
                declared,
                known(
                        "--without-analyzer",
                        withoutAnalyzers,
                        Analyzers.all().stream()
                                .map(Analyzer::id)
                                .map(Analyzer.AnalyzerId::name)
                                .toList()),
                Set.of(),
                digestAll,
                verifyFiles,
                goSymbols,
                secrets ? Optional.of(secretSettings()) : Optional.empty(),
                contentSearches(),
                retrieved.isEmpty() ? Optional.empty() : Optional.of(retrieval()),
                Optional.ofNullable(malware).map(this::malwareSettings),
                deletedFiles);
    }

    private SecretSettings secretSettings() {
        return new SecretSettings(
                secretRulesWithout.isEmpty()
                        ? Set.of()
                        : known(
                                "--secret-rules-without",
                                secretRulesWithout,
                                SecretRules.all().stream().map(SecretRule::name).toList()),
                maxSecretFileBytes);
    }

    private static Set<String> known(String option, List<String> names, List<String> all) {
        for (var name : names) {
            if (!all.contains(name)) {
                throw CommandException.usage(
                        option + ": there is no '" + name + "'" + NearNames.question(name, new HashSet<>(all)));
            }
        }
        return Set.copyOf(names);
    }

    private Set<ContentSearch> contentSearches() {
        var all = new LinkedHashSet<ContentSearch>();
        var names = new HashSet<String>();
        for (var search : searches) {
            var equals = search.indexOf('=');
            if (equals < 1 || equals == search.length() - 1) {
                throw CommandException.usage("--search: '" + search + "' is not of the form NAME=REGEX");
            }
            var name = search.substring(0, equals);
            var expression = search.substring(equals + 1);
            try {
                Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                throw CommandException.usage(
                        "--search: '" + expression + "' is no regular expression: " + e.getMessage());
            }
            if (!names.add(name)) {
                throw CommandException.usage("--search: the name '" + name + "' is given twice");
            }
            all.add(new ContentSearch(name, expression));
        }
        return all;
    }

    private Retrieval retrieval() {
        if (maxRetrievedBytes > MAX_RETRIEVED) {
            throw CommandException.usage("--max-retrieved-bytes: " + maxRetrievedBytes + " is over " + MAX_RETRIEVED);
        }
        for (var glob : retrieved) {
            try {
                new Glob(glob);
            } catch (IllegalArgumentException e) {
                throw CommandException.usage("--retrieve: " + e.getMessage());
            }
        }
        return new Retrieval(new HashSet<>(retrieved), maxRetrievedBytes);
    }

    private MalwareSettings malwareSettings(String address) {
        try {
            ClamdAddress.of(address);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--malware: " + e.getMessage());
        }
        return new MalwareSettings(address, maxMalwareBytes, Math.clamp(malwareTimeout.toSeconds(), 1, 86_400));
    }
}
