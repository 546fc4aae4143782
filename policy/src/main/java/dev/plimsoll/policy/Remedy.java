package dev.plimsoll.policy;

import java.util.List;

/// What clears a result, in the imperative. What a rule asks of many things alike is one instruction.
///
/// @param verb what to do: `Remove or rename`; the whole instruction where there is no subject
/// @param subject what to do it to, may be empty
/// @param kind what several subjects are, in the plural: `files that match .*\.pem`
/// @param tail what follows the subject, often empty
/// @param changes the same, so that it can be tried; none where only people can do it
public record Remedy(String verb, String subject, String kind, String tail, List<ImageChange> changes) {

    private static final int SUBJECTS_NAMED = 3;

    public Remedy {
        changes = List.copyOf(changes);
    }

    /// What only people can do.
    public Remedy(String verb, String subject, String kind, String tail) {
        this(verb, subject, kind, tail, List.of());
    }

    /// An instruction that stands for itself.
    public static Remedy of(String instruction) {
        return new Remedy(instruction, "", "", "");
    }

    /// The same, saying what it does to the image.
    public Remedy by(ImageChange... what) {
        return new Remedy(verb, subject, kind, tail, List.of(what));
    }

    /// The same done to another subject is one step with this one.
    public Remedy withoutSubject() {
        return new Remedy(verb, "", kind, tail);
    }

    /// The instruction for these subjects.
    ///
    /// @param subjects each once; empty where the verb says it all
    public String instruction(List<String> subjects) {
        return switch (subjects.size()) {
            case 0 -> verb + tail;
            case 1 -> verb + " " + subjects.getFirst() + tail;
            default -> verb + " " + subjects.size() + " " + kind + tail + " (" + named(subjects) + ")";
        };
    }

    private static String named(List<String> subjects) {
        return subjects.size() <= SUBJECTS_NAMED
                ? String.join(", ", subjects)
                : subjects.getFirst() + " and " + (subjects.size() - 1) + " more";
    }
}
