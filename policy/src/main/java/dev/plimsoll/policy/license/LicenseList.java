package dev.plimsoll.policy.license;

import dev.plimsoll.inventory.license.LicenseExpression;
import dev.plimsoll.inventory.license.LicenseExpression.And;
import dev.plimsoll.inventory.license.LicenseExpression.License;
import dev.plimsoll.inventory.license.LicenseExpression.Or;
import dev.plimsoll.inventory.license.LicenseExpression.Reference;
import dev.plimsoll.inventory.license.LicenseExpression.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Licences that a rule names, one by one and by category, and whether an expression can be satisfied in spite of them
/// (a list of denied ones) or with nothing else (a list of allowed ones). Not safe for several threads: it remembers.
///
/// `OR` is the receiver's choice, and so is the version behind `-or-later`: what can be chosen counts. An entry with
/// `-or-later` or `+` names that version and all later ones; any other names one version. An entry without an exception
/// names the licence with every exception too.
public final class LicenseList {

    private final Set<String> versions = new HashSet<>();
    private final Set<LicenseExpression> exact = new HashSet<>();
    private final Set<LicenseCategory> categories;
    private final Set<String> excused;
    private final Map<LicenseExpression, Answer> ofDenied = new HashMap<>();
    private final Map<LicenseExpression, Answer> ofAllowed = new HashMap<>();

    /// @param entries licences, references, and licences with an exception
    /// @param excused exceptions with which no licence is on the list
    public LicenseList(List<LicenseExpression> entries, List<LicenseCategory> categories, List<String> excused) {
        for (var entry : entries) {
            switch (entry) {
                case License(var id, var plus) -> versions.addAll(versions(id, plus));
                case Reference _, With _ -> exact.add(entry);
                case And _, Or _ -> throw new IllegalArgumentException(entry + " is no single licence");
            }
        }
        this.categories = Set.copyOf(categories);
        this.excused = Set.copyOf(excused);
    }

    /// Whether something holds of an expression.
    public enum Answer {
        YES,
        NO,
        /// A licence is not of the SPDX list, or no category is known for it.
        UNKNOWN
    }

    /// @param licenses that decided, in the order of the text, each once
    public record Judgement(Answer answer, List<String> licenses) {
        public Judgement {
            licenses = List.copyOf(licenses);
        }
    }

    /// Whether every way to satisfy the expression needs a licence of the list.
    public Judgement denies(LicenseExpression expression) {
        return judge(expression, this::isDenied, true, Answer.YES);
    }

    /// Whether the expression can be satisfied with licences of the list alone.
    public Judgement allows(LicenseExpression expression) {
        return judge(expression, this::isAllowed, false, Answer.NO);
    }

    private static Judgement judge(
            LicenseExpression expression, Function<LicenseExpression, Answer> leaf, boolean oneOfAll, Answer deciding) {
        var answer = answer(expression, leaf, oneOfAll);
        var licenses = new LinkedHashSet<String>();
        if (answer != Answer.YES || deciding == Answer.YES) {
            collect(expression, leaf, answer == Answer.UNKNOWN ? Answer.UNKNOWN : deciding, licenses);
        }
        return new Judgement(answer, new ArrayList<>(licenses));
    }

    private static void collect(
            LicenseExpression expression,
            Function<LicenseExpression, Answer> leaf,
            Answer wanted,
            Set<String> licenses) {
        switch (expression) {
            case And(var parts) -> parts.forEach(part -> collect(part, leaf, wanted, licenses));
            case Or(var parts) -> parts.forEach(part -> collect(part, leaf, wanted, licenses));
            case License _, Reference _, With _ -> {
                if (leaf.apply(expression) == wanted) {
                    licenses.add(expression.toString());
                }
            }
        }
    }

    /// @param oneOfAll whether one part decides where all must be kept, and all where one may be chosen; else the
    /// reverse
    private static Answer answer(
            LicenseExpression expression, Function<LicenseExpression, Answer> leaf, boolean oneOfAll) {
        return switch (expression) {
            case And(var parts) -> combined(parts, leaf, oneOfAll, oneOfAll);
            case Or(var parts) -> combined(parts, leaf, oneOfAll, !oneOfAll);
            case License _, Reference _, With _ -> leaf.apply(expression);
        };
    }

    private static Answer combined(
            List<LicenseExpression> parts,
            Function<LicenseExpression, Answer> leaf,
            boolean oneOfAll,
            boolean oneIsEnough) {
        var unsettled = false;
        var deciding = oneIsEnough ? Answer.YES : Answer.NO;
        for (var part : parts) {
            var answer = answer(part, leaf, oneOfAll);
            if (answer == deciding) {
                return deciding;
            }
            unsettled |= answer == Answer.UNKNOWN;
        }
        return unsettled ? Answer.UNKNOWN : oneIsEnough ? Answer.NO : Answer.YES;
    }

    private Answer isDenied(LicenseExpression leaf) {
        return ofDenied.computeIfAbsent(leaf, one -> listed(one, Answer.NO));
    }

    private Answer isAllowed(LicenseExpression leaf) {
        return ofAllowed.computeIfAbsent(leaf, one -> listed(one, Answer.YES));
    }

    /// Whether the leaf is on the list.
    ///
    /// @param chosen the answer that the receiver would choose among versions
    private Answer listed(LicenseExpression leaf, Answer chosen) {
        if (exact.contains(leaf)) {
            return Answer.YES;
        }
        return switch (leaf) {
            case License(var id, var plus) -> listed(id, plus, Optional.empty(), chosen);
            case With(License(var id, var plus), var exception) ->
                excused.contains(exception) ? Answer.NO : listed(id, plus, Optional.of(exception), chosen);
            case Reference(var id) ->
                LicenseTable.KNOWN
                        .ofReference(id)
                        .map(category -> categories.contains(category) ? Answer.YES : Answer.NO)
                        .orElse(Answer.UNKNOWN);
            case With _ -> Answer.UNKNOWN;
            case And _, Or _ -> throw new IllegalArgumentException(leaf + " is no single licence");
        };
    }

    private Answer listed(String id, boolean plus, Optional<String> exception, Answer chosen) {
        var unsettled = false;
        for (var version : versions(id, plus)) {
            var answer = listed(version, exception);
            if (answer == chosen) {
                return chosen;
            }
            unsettled |= answer == Answer.UNKNOWN;
        }
        return unsettled ? Answer.UNKNOWN : chosen == Answer.YES ? Answer.NO : Answer.YES;
    }

    private Answer listed(String version, Optional<String> exception) {
        if (versions.contains(version)) {
            return Answer.YES;
        }
        if (categories.isEmpty()) {
            return Answer.NO;
        }
        return exception
                .map(name -> LicenseTable.KNOWN.category(version, name))
                .orElseGet(() -> LicenseTable.KNOWN.category(version))
                .map(category -> categories.contains(category) ? Answer.YES : Answer.NO)
                .orElse(Answer.UNKNOWN);
    }

    private static List<String> versions(String id, boolean plus) {
        var plain = LicenseTable.plain(id);
        return LicenseTable.isOrLater(id, plus) ? LicenseTable.KNOWN.fromVersion(plain) : List.of(plain);
    }
}
