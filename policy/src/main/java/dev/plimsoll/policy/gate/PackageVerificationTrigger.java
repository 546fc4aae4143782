package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.util.List;
import java.util.Map;

/// Trigger `verify` of the gate `packages`.
final class PackageVerificationTrigger {

    private static final Parameter<List<String>> ONLY_PACKAGES = Parameter.of("only_packages", ValueTypes.LIST)
            .describedAs("Only files of these packages.")
            .like("libssl3,openssl");
    private static final Parameter<List<String>> ONLY_DIRECTORIES = Parameter.of("only_directories", ValueTypes.LIST)
            .describedAs("Only files in these folders, however deep.")
            .like("/usr,/var/lib");
    private static final Parameter<Check> CHECK = Parameter.of("check", ValueTypes.oneOf(Check.class))
            .describedAs("Only files that are changed, or only those that are missing.")
            .like("changed");
    private static final Parameter<Boolean> IGNORE_DOCUMENTATION = Parameter.of(
                    "ignore_documentation", ValueTypes.BOOLEAN)
            .describedAs("Whether missing documentation and translations are passed over, which slim images leave out.")
            .like("true")
            .orElse(false);

    private PackageVerificationTrigger() {}

    static Trigger declaration() {
        return Trigger.named("verify")
                .describedAs("Fires for each file that is not as its package's database says. Configuration files are"
                        + " passed over.")
                .with(ONLY_PACKAGES, ONLY_DIRECTORIES, CHECK, IGNORE_DOCUMENTATION)
                .differingIn(
                        "A folder ends at a slash: `/usr/lib` is not the beginning of `/usr/lib64`.",
                        "`ignore_documentation` is ours; the gate `verification` says more.",
                        "Sizes are not compared beside the checksums.")
                .needing(_ -> AnalysisRequest.ofVerification())
                .judgedBy(PackageVerificationTrigger::judge);
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var deviations = subject.inventory().contents().verification();
        if (deviations.isEmpty()) {
            return Outcome.of(List.of(), List.of(Deviations.notVerified(subject)));
        }
        var check = arguments.find(CHECK);
        var owners = Deviations.owners(subject);
        var firings = Deviations.byFile(deviations.get().stream()
                        .filter(deviation -> !deviation.configuration())
                        .filter(deviation -> check.isEmpty() || check.get() == Check.of(deviation))
                        .filter(deviation -> arguments
                                .find(ONLY_PACKAGES)
                                .map(names -> names.contains(Deviations.packageName(deviation)))
                                .orElse(true))
                        .filter(deviation -> arguments
                                .find(ONLY_DIRECTORIES)
                                .map(folders -> folders.stream().anyMatch(folder -> liesIn(deviation, folder)))
                                .orElse(true))
                        .filter(deviation -> !arguments.get(IGNORE_DOCUMENTATION)
                                || deviation.kind() != FileDeviation.Kind.MISSING
                                || !Deviations.isDocumentation(deviation.path()))
                        .toList())
                .stream()
                .map(group -> firing(subject, owners, group))
                .toList();
        return Outcome.of(firings, Deviations.gaps(subject));
    }

    private static boolean liesIn(FileDeviation deviation, String folder) {
        var path = folder.startsWith("/") ? folder : "/" + folder;
        return ("/" + deviation.path()).startsWith(path.endsWith("/") ? path : path + "/");
    }

    private static Firing firing(Subject subject, Map<String, ImagePackage> owners, List<FileDeviation> sameFile) {
        var first = sameFile.getFirst();
        var status = Check.of(first).word();
        return Deviations.ofAnchore(
                status + ":/" + first.path(),
                "VERIFY check against package db for package '" + Deviations.packageName(first) + "' failed on entry '/"
                        + first.path() + "' with status: '" + status + "'",
                subject,
                owners,
                sameFile);
    }

    private enum Check implements Word {
        CHANGED("changed"),
        MISSING("missing");

        private final String word;

        Check(String word) {
            this.word = word;
        }

        /// Another mode is a change too.
        static Check of(FileDeviation deviation) {
            return switch (deviation.kind()) {
                case CHANGED, MODE -> CHANGED;
                case MISSING -> MISSING;
            };
        }

        @Override
        public String word() {
            return word;
        }
    }
}
