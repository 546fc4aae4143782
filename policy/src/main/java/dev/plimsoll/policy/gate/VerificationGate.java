package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.Glob;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Gate `verification`: files of packages that were changed after they were installed.
final class VerificationGate implements Gate {

    private static final Parameter<List<Kind>> KINDS = Parameter.of("kinds", ValueTypes.several(Kind.class))
            .describedAs("Only files that deviate so: other content, not there, another mode. Without it all count.")
            .like("changed,mode");
    private static final Parameter<List<Glob>> EXCLUDE = Parameter.of("exclude", ValueTypes.GLOBS)
            .describedAs("Paths that are passed over.")
            .like("/usr/share/doc/**,/usr/share/man/**");
    private static final Parameter<Boolean> CONFIGURATION = Parameter.of("configuration_files", ValueTypes.BOOLEAN)
            .describedAs("Whether files count that the package database calls configuration.")
            .like("true")
            .orElse(false);

    @Override
    public String name() {
        return "verification";
    }

    @Override
    public String description() {
        return "Files that are not as the package databases say. Anchore has no such gate; `packages/verify` is its trigger.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("deviation")
                .describedAs("Fires for each file of a package that deviates.")
                .with(KINDS, EXCLUDE, CONFIGURATION)
                .needing(_ -> AnalysisRequest.ofVerification())
                .judgedBy(VerificationGate::judge));
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var deviations = subject.inventory().contents().verification();
        if (deviations.isEmpty()) {
            return Outcome.of(List.of(), List.of(Deviations.notVerified(subject)));
        }
        var kinds = arguments.find(KINDS).orElse(List.of(Kind.values()));
        var exclude = arguments.find(EXCLUDE).orElse(List.of());
        var owners = Deviations.owners(subject);
        var asked = deviations.get().stream()
                .filter(deviation -> arguments.get(CONFIGURATION) || !deviation.configuration())
                .filter(deviation -> kinds.contains(Kind.of(deviation)))
                .filter(deviation -> exclude.stream().noneMatch(glob -> glob.matches(deviation.path())))
                .toList();
        return Outcome.of(
                Deviations.byFile(asked).stream()
                        .map(file -> Deviations.ours("deviation", key(file), subject, owners, file))
                        .toList(),
                Deviations.gaps(subject));
    }

    private static String key(List<FileDeviation> sameFile) {
        return sameFile.stream().map(deviation -> Kind.of(deviation).word()).collect(Collectors.joining("+")) + ":/"
                + sameFile.getFirst().path();
    }

    private enum Kind implements Word {
        CHANGED,
        MISSING,
        MODE;

        static Kind of(FileDeviation deviation) {
            return switch (deviation.kind()) {
                case CHANGED -> CHANGED;
                case MISSING -> MISSING;
                case MODE -> MODE;
            };
        }

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
