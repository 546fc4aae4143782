package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.policy.ImageChange.ClearModeBits;
import dev.plimsoll.policy.ImageChange.RemoveFile;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Gate `files`: paths of the image as a container sees it.
final class FilesGate implements Gate {

    private static final Outcome NO_FILES = Outcome.cannotJudge("the inventory does not hold the image's files");
    private static final int SET_ID_BITS = 06000;

    private static final Parameter<UserPattern> REGEX = Parameter.of("regex", ValueTypes.PATTERN)
            .describedAs("Pattern for the beginning of the full path, which begins with `/`.")
            .like(".*\\.pem$")
            .mustBeGiven();

    private static final Parameter<String> FILENAME = Parameter.of("filename", ValueTypes.TEXT)
            .describedAs("Full path of the file. Links are not followed.")
            .like("/etc/passwd")
            .mustBeGiven();
    private static final Parameter<Algorithm> CHECKSUM_ALGORITHM = Parameter.of(
                    "checksum_algorithm", ValueTypes.oneOf(Algorithm.class))
            .describedAs("How `checksum` was computed.")
            .like("sha256")
            .orElse(Algorithm.SHA256);
    private static final Parameter<String> CHECKSUM = Parameter.of("checksum", ValueTypes.SHA256)
            .describedAs("The checksum to compare with.")
            .like("832cd0f75b227d13aac82b1f70b7f90191a4186c151f9db50851d209c45ede11");
    private static final Parameter<Equality> CHECKSUM_MATCH = Parameter.of(
                    "checksum_match", ValueTypes.oneOf(Equality.class))
            .describedAs("Whether it fires for the same or for another checksum.")
            .like("equals")
            .orElse(Equality.EQUALS);
    private static final Parameter<Integer> MODE = Parameter.of("mode", ValueTypes.MODE)
            .describedAs("The mode to compare with: permissions, set-id and sticky bits.")
            .like("00644");
    private static final Parameter<Equality> MODE_OP = Parameter.of("mode_op", ValueTypes.oneOf(Equality.class))
            .describedAs("Whether it fires for the same or for another mode.")
            .like("equals")
            .orElse(Equality.EQUALS);
    private static final Parameter<Boolean> SKIP_MISSING = Parameter.of("skip_missing", ValueTypes.BOOLEAN)
            .describedAs(
                    "Whether it stays quiet where there is no such file; else it fires then, whatever else is asked.")
            .like("true")
            .orElse(true);

    @Override
    public String name() {
        return "files";
    }

    @Override
    public String description() {
        return "Paths of the image as a container sees it: what later layers deleted is not there.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.named("name_match")
                        .describedAs("Fires for each path whose beginning has the pattern's form.")
                        .with(REGEX)
                        .judgedBy(FilesGate::judgeNames),
                Trigger.named("suid_or_guid_set")
                        .describedAs("Fires for each path with the set-user-id or set-group-id bit.")
                        .judgedBy(FilesGate::judgeSetIds),
                Trigger.named("attribute_match")
                        .describedAs("Fires where every check that is asked holds of the file.")
                        .with(FILENAME, CHECKSUM_ALGORITHM, CHECKSUM, CHECKSUM_MATCH, MODE, MODE_OP, SKIP_MISSING)
                        .needing(arguments -> arguments.gives(CHECKSUM)
                                ? AnalysisRequest.digests(List.of(arguments.get(FILENAME)))
                                : AnalysisRequest.nothing())
                        .judgedBy(FilesGate::judgeAttributes));
    }

    private static Outcome judgeNames(Arguments arguments, Subject subject) {
        return subject.inventory()
                .files()
                .map(files -> names(arguments, files).alsoOpen(unread(subject, files)))
                .orElse(NO_FILES);
    }

    /// Folders on disk that could not be listed: what lies in them is in no table of files. In a layer nothing is left
    /// out that a container would show.
    private static List<Gap> unread(Subject subject, FileTable files) {
        if (subject.inventory().image().layersKnown()) {
            return List.of();
        }
        var folders = subject.inventory().unknowns().stream()
                .filter(unknown -> files.get(unknown.path())
                        .filter(entry -> entry.kind() == FileEntry.Kind.DIRECTORY)
                        .isPresent())
                .toList();
        if (folders.isEmpty()) {
            return List.of();
        }
        var first = folders.getFirst();
        return List.of(new Gap(
                "what lies in the folder /" + first.path() + " is not known: " + first.reason()
                        + (folders.size() == 1 ? "" : "; and " + (folders.size() - 1) + " more folders"),
                Cause.FACT_UNKNOWN));
    }

    private static Outcome names(Arguments arguments, FileTable files) {
        var pattern = arguments.get(REGEX);
        var budget = new UserPattern.Budget();
        var firings = new ArrayList<Firing>();
        for (var entry : files) {
            var path = "/" + entry.path();
            try {
                if (pattern.matchesStartOf(path, budget)) {
                    firings.add(Firing.of(
                                    path,
                                    path + " matches the pattern " + pattern,
                                    "Application of regex matched file found in container: file=" + path + " regexp="
                                            + pattern,
                                    new Remedy("Remove or rename", path, "files that match " + pattern, "")
                                            .by(new RemoveFile(entry.path())))
                            .at(place(entry)));
                }
            } catch (PatternBoundException e) {
                // What was found stays found; a next path would cost as many steps again.
                return Outcome.of(firings, List.of(Gap.of(e)));
            }
        }
        return Outcome.of(firings);
    }

    private static Location place(FileEntry entry) {
        return new Location(entry.path(), entry.layer() < 0 ? OptionalInt.empty() : OptionalInt.of(entry.layer()));
    }

    private static Outcome judgeSetIds(Arguments arguments, Subject subject) {
        return subject.inventory()
                .files()
                .map(files -> setIds(files).alsoOpen(unread(subject, files)))
                .orElse(NO_FILES);
    }

    private static Outcome setIds(FileTable files) {
        var firings = new ArrayList<Firing>();
        for (var entry : files) {
            if ((entry.mode() & SET_ID_BITS) != 0) {
                var path = "/" + entry.path();
                firings.add(Firing.of(
                                path,
                                path + " has the " + setIdWords(entry.mode()) + " bit set, mode " + octal(entry.mode()),
                                "SUID or SGID found set on file " + path + ". Mode: 0o" + octal(fullMode(entry)),
                                new Remedy("Clear the set-user-id and set-group-id bits of", path, "files", "")
                                        .by(new ClearModeBits(entry.path(), SET_ID_BITS)))
                        .at(place(entry)));
            }
        }
        return Outcome.of(firings);
    }

    private static String setIdWords(int mode) {
        return switch (mode & SET_ID_BITS) {
            case 04000 -> "set-user-id";
            case 02000 -> "set-group-id";
            default -> "set-user-id and set-group-id";
        };
    }

    private static Outcome judgeAttributes(Arguments arguments, Subject subject) {
        return subject.inventory()
                .files()
                .map(files -> files.get(withoutSlash(arguments.get(FILENAME))).isEmpty()
                                && !unread(subject, files).isEmpty()
                        ? Outcome.quiet().alsoOpen(unread(subject, files))
                        : attributes(arguments, files))
                .orElse(NO_FILES);
    }

    private static Outcome attributes(Arguments arguments, FileTable files) {
        var filename = arguments.get(FILENAME);
        var path = withoutSlash(filename);
        var entry = files.get(path);
        if (entry.isEmpty()) {
            return arguments.get(SKIP_MISSING)
                    ? Outcome.quiet()
                    : Outcome.of(List.of(Firing.of(
                            filename,
                            "There is no file " + filename,
                            "filename=" + filename + " and skip_missing=False",
                            Remedy.of("Add the file " + filename))));
        }
        var frozen = new StringBuilder("filename=").append(filename);
        var words = new ArrayList<String>();
        var ways = new ArrayList<String>();
        boolean asked = false;
        boolean all = true;
        var wantedMode = arguments.find(MODE);
        var modeText = "";
        if (wantedMode.isPresent()) {
            asked = true;
            int mode = entry.get().mode();
            var equality = arguments.get(MODE_OP);
            all = equality.holds(mode == wantedMode.get());
            modeText = " and mode=0o" + octal(mode) + " op=" + equality.word() + " specified_mode=0o"
                    + octal(wantedMode.get());
            words.add("its mode is " + octal(mode));
            ways.add("Change the mode of " + filename
                    + switch (equality) {
                        case EQUALS -> " to another than ";
                        case NOT_EQUALS -> " to ";
                    }
                    + octal(wantedMode.get()));
        }
        var wantedChecksum = arguments.find(CHECKSUM);
        if (wantedChecksum.isPresent() && all) {
            asked = true;
            var have = entry.get().sha256();
            if (have.isEmpty() && entry.get().kind() == FileEntry.Kind.FILE) {
                return Outcome.cannotJudge("the inventory does not hold the checksum of " + filename);
            }
            var equality = arguments.get(CHECKSUM_MATCH);
            all = equality.holds(
                    have.map(wantedChecksum.get()::equalsIgnoreCase).orElse(false));
            frozen.append(" and checksum=")
                    .append(have.orElse("None"))
                    .append(" op=")
                    .append(equality.word())
                    .append(" specified_checksum=")
                    .append(wantedChecksum.get());
            words.add(have.map(sum -> "its SHA-256 is " + sum).orElse("it has no checksum"));
            ways.add((ways.isEmpty() ? "Replace " : "replace ")
                    + filename
                    + switch (equality) {
                        case EQUALS -> " by a file with another SHA-256";
                        case NOT_EQUALS -> " by the file with the SHA-256 " + wantedChecksum.get();
                    });
        }
        if (!asked || !all) {
            return Outcome.quiet();
        }
        return Outcome.of(List.of(Firing.of(
                filename,
                filename + ": " + String.join(", ", words),
                frozen + modeText,
                Remedy.of(String.join(", or ", ways)))));
    }

    private static int fullMode(FileEntry entry) {
        // The numbers of stat(2), which Anchore's message prints.
        int type = switch (entry.kind()) {
            case FILE -> 0100000;
            case DIRECTORY -> 040000;
            case SYMBOLIC_LINK -> 0120000;
            case CHARACTER_DEVICE -> 020000;
            case BLOCK_DEVICE -> 060000;
            case FIFO -> 010000;
        };
        return type | entry.mode();
    }

    private static String octal(int mode) {
        return Integer.toOctalString(mode);
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private enum Algorithm implements Word {
        SHA256;

        @Override
        public String word() {
            return "sha256";
        }
    }

    private enum Equality implements Word {
        EQUALS,
        NOT_EQUALS;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean holds(boolean same) {
            return (this == EQUALS) == same;
        }
    }
}
