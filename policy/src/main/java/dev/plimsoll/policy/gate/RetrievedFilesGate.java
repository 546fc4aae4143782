package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.util.ArrayList;
import java.util.List;

/// Gate `retrieved_files`: what single files say.
final class RetrievedFilesGate implements Gate {

    private static final Parameter<String> PATH = Parameter.of("path", ValueTypes.PATH)
            .describedAs("Full path of the file; links are followed. The run retrieves it.")
            .like("/etc/ssh/sshd_config")
            .mustBeGiven();
    private static final Parameter<UserPattern> REGEX = Parameter.of("regex", ValueTypes.PATTERN)
            .describedAs("Pattern for the beginning of a line.")
            .like("PermitRootLogin\\s+yes")
            .mustBeGiven();
    private static final Parameter<Check> CHECK = Parameter.of("check", ValueTypes.oneOf(Check.class))
            .describedAs("Whether it fires where a line has the pattern's form, or where none has.")
            .like("match")
            .mustBeGiven();

    @Override
    public String name() {
        return "retrieved_files";
    }

    @Override
    public String description() {
        return "What single files of the image say.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.named("content_not_available")
                        .describedAs("Fires where the image has no such file.")
                        .with(PATH)
                        .differingIn(
                                "A file that is there and was not retrieved cannot be judged; Anchore fires for it.",
                                "It fires once; Anchore's fires twice where nothing at all was retrieved.",
                                "Anchore's id is the same for every path, so an allowlist's item with it silences all; our"
                                        + " own id names the path.")
                        .needing(RetrievedFilesGate::needs)
                        .judgedBy(RetrievedFilesGate::judgeAvailable),
                Trigger.named("content_regex")
                        .describedAs("Fires where a line of the file has the pattern's form, or where none has. Quiet"
                                + " where there is no such file.")
                        .with(PATH, REGEX, CHECK)
                        .differingIn(
                                "The pattern is held against lines; Anchore splits at every white space, so that no"
                                        + " pattern with a space in it ever matches.")
                        .needing(RetrievedFilesGate::needs)
                        .judgedBy(RetrievedFilesGate::judgeContent));
    }

    private static AnalysisRequest needs(Arguments arguments) {
        return AnalysisRequest.ofRetrieval(RetrievedContent.places(arguments.get(PATH)));
    }

    private static Outcome judgeAvailable(Arguments arguments, Subject subject) {
        var path = arguments.get(PATH);
        return switch (RetrievedContent.of(subject, path)) {
            case RetrievedContent.Known _ -> Outcome.quiet();
            case RetrievedContent.NotRetrieved(var reason) -> Outcome.cannotJudge(reason);
            case RetrievedContent.Absent(var kind) ->
                Outcome.of(List.of(Firing.of(
                        path,
                        kind.map(found -> path + " is " + words(found) + ", not a file")
                                .orElse("There is no file " + path),
                        "Cannot locate file in the image analysis",
                        Remedy.of("Add the file " + path))));
        };
    }

    private static String words(FileEntry.Kind kind) {
        return switch (kind) {
            case DIRECTORY -> "a folder";
            case SYMBOLIC_LINK -> "a link that leads nowhere";
            case FILE -> "a file";
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> "a device";
        };
    }

    private static Outcome judgeContent(Arguments arguments, Subject subject) {
        return switch (RetrievedContent.of(subject, arguments.get(PATH))) {
            case RetrievedContent.Known known -> judgeLines(arguments, subject, known);
            case RetrievedContent.NotRetrieved(var reason) -> Outcome.cannotJudge(reason);
            case RetrievedContent.Absent _ -> Outcome.quiet();
        };
    }

    private static Outcome judgeLines(Arguments arguments, Subject subject, RetrievedContent.Known known) {
        var pattern = arguments.get(REGEX);
        var budget = new UserPattern.Budget();
        var numbers = new ArrayList<Integer>();
        var lines = known.lines();
        try {
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matchesStartOf(lines.get(i), budget)) {
                    numbers.add(i + 1);
                }
            }
        } catch (PatternBoundException e) {
            return Outcome.of(List.of(), List.of(Gap.of(e)));
        }
        var path = arguments.get(PATH);
        return switch (arguments.get(CHECK)) {
            case MATCH ->
                numbers.isEmpty()
                        ? Outcome.quiet()
                        : fired(
                                arguments,
                                subject,
                                known,
                                path + " matches " + pattern + " in " + Lines.of(numbers),
                                "Take what matches " + pattern + " out of " + path);
            case NO_MATCH ->
                numbers.isEmpty()
                        ? fired(
                                arguments,
                                subject,
                                known,
                                "No line of " + path + " matches " + pattern,
                                "Add a line that matches " + pattern + " to " + path)
                        : Outcome.quiet();
        };
    }

    private static Outcome fired(
            Arguments arguments, Subject subject, RetrievedContent.Known known, String message, String remedy) {
        var path = arguments.get(PATH);
        var check = arguments.get(CHECK).word();
        var regex = arguments.get(REGEX);
        return Outcome.of(List.of(Firing.of(
                        check + ":" + path + ":" + regex,
                        message,
                        "Content regex '" + regex + "' check '" + check + "' found in retrieved file '" + path + "'",
                        Remedy.of(remedy))
                .withIdOfRule("+file://" + path)
                .at(FilePaths.place(subject.inventory().files(), known.path()))));
    }

    private enum Check implements Word {
        MATCH("match"),
        NO_MATCH("no_match");

        private final String word;

        Check(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
