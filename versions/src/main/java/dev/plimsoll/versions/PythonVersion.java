package dev.plimsoll.versions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Python version, `[N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]`, in the order of PEP 440.
///
/// Source: PEP 440, now "Version specifiers" of the Python packaging guide, sections "Version scheme",
/// "Normalization" and "Summary of permitted suffixes and relative ordering".
///
/// @param release without trailing zeros
/// @param phase `a`, `b`, `rc`; empty (before all) for a development version of the release itself; `~` (after all)
///     for a release
/// @param post empty where there is none
/// @param development empty where there is none
/// @param local segments, empty where there are none
record PythonVersion(
        String epoch,
        List<String> release,
        String phase,
        String phaseNumber,
        String post,
        String development,
        List<String> local)
        implements Comparable<PythonVersion> {

    private static final Pattern FORM = Pattern.compile("v?(?:(?<epoch>[0-9]++)!)?(?<release>[0-9]++(?:\\.[0-9]++)*+)"
            + "(?:[-_.]?(?<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<phaseNumber>[0-9]++)?)?"
            + "(?<post>-(?<bare>[0-9]++)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]++)?)?"
            + "(?<development>[-_.]?dev[-_.]?(?<developmentNumber>[0-9]++)?)?"
            + "(?:\\+(?<local>[a-z0-9]++(?:[-_.][a-z0-9]++)*+))?");

    private static final String NONE = "";
    private static final String BEFORE_PHASES = "";
    private static final String AFTER_PHASES = "~";

    /// Absent before present for post-releases, the other way round for development versions.
    private static final Comparator<PythonVersion> ORDER = Comparator.comparing(
                    PythonVersion::epoch, DecimalText::compare)
            .thenComparing(PythonVersion::release, PythonVersion::compareRelease)
            .thenComparing(PythonVersion::phase)
            .thenComparing(PythonVersion::phaseNumber, DecimalText::compare)
            .thenComparing(version -> !version.post.equals(NONE))
            .thenComparing(PythonVersion::post, DecimalText::compare)
            .thenComparing(version -> version.development.equals(NONE))
            .thenComparing(PythonVersion::development, DecimalText::compare)
            .thenComparing(PythonVersion::local, PythonVersion::compareLocal);

    static Optional<PythonVersion> parse(String text) {
        var form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        return form.matches() ? Optional.of(of(form)) : Optional.empty();
    }

    @Override
    public int compareTo(PythonVersion other) {
        return ORDER.compare(this, other);
    }

    private static PythonVersion of(Matcher form) {
        var post = form.group("post") == null ? NONE : or(form.group("bare"), or(form.group("postNumber"), "0"));
        var development = form.group("development") == null ? NONE : or(form.group("developmentNumber"), "0");
        String phase;
        if (form.group("phase") != null) {
            phase = normalPhase(form.group("phase"));
        } else {
            phase = post.equals(NONE) && !development.equals(NONE) ? BEFORE_PHASES : AFTER_PHASES;
        }
        return new PythonVersion(
                or(form.group("epoch"), "0"),
                withoutTrailingZeros(split(form.group("release"))),
                phase,
                or(form.group("phaseNumber"), "0"),
                post,
                development,
                form.group("local") == null ? List.of() : split(form.group("local")));
    }

    private static String or(@Nullable String text, String other) {
        return text == null ? other : text;
    }

    private static String normalPhase(String phase) {
        return switch (phase) {
            case "alpha" -> "a";
            case "beta" -> "b";
            case "c", "pre", "preview" -> "rc";
            default -> phase;
        };
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || "-_.".indexOf(text.charAt(i)) >= 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        return List.copyOf(parts);
    }

    private static List<String> withoutTrailingZeros(List<String> numbers) {
        int size = numbers.size();
        while (size > 0 && DecimalText.compare(numbers.get(size - 1), "0") == 0) {
            size--;
        }
        return List.copyOf(numbers.subList(0, size));
    }

    private static int compareRelease(List<String> left, List<String> right) {
        for (int i = 0; i < left.size() && i < right.size(); i++) {
            int order = DecimalText.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /// Words before numbers, fewer segments before more.
    private static int compareLocal(List<String> left, List<String> right) {
        for (int i = 0; i < left.size() && i < right.size(); i++) {
            var one = left.get(i);
            var other = right.get(i);
            boolean number = DecimalText.isNumber(one);
            if (number != DecimalText.isNumber(other)) {
                return number ? 1 : -1;
            }
            int order = number ? DecimalText.compare(one, other) : one.compareTo(other);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
