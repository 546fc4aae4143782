package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.license.LicenseExpression;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.license.LicenseReadings;
import dev.plimsoll.policy.license.LicenseTypes;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.FrozenId;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueType;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Gate `licenses`: what packages say of their licences.
final class LicensesGate implements Gate {

    private static final Parameter<List<String>> DENIED = Parameter.of("licenses", ValueTypes.LIST)
            .describedAs(
                    "Licences that no package may have, as packages write them or by their SPDX identifier; in any case.")
            .like("GPL-3.0-only,AGPL-3.0-or-later")
            .mustBeGiven();
    private static final Parameter<List<String>> DENIED_PARTS = Parameter.of("licenses", ValueTypes.LIST)
            .describedAs("Texts that may stand in no licence of a package; in any case.")
            .like("LGPL,BSD")
            .mustBeGiven();

    private final LicenseReadings readings = new LicenseReadings();

    @Override
    public String name() {
        return "licenses";
    }

    @Override
    public String description() {
        return "Licences of packages: as they are written, and as SPDX expressions.";
    }

    @Override
    public List<String> differences() {
        return List.of(
                "Each package is a result of its own. Anchore lists all in one message, whose id changes with every package; an"
                        + " allowlist item with such an id still matches, where the packages are the same and come by name.",
                "A licence's text is taken as a whole; Anchore splits it at blanks, and so do only the frozen messages.");
    }

    @Override
    public List<Trigger> triggers() {
        var triggers = new ArrayList<Trigger>();
        triggers.add(Trigger.named("denylist_exact_match")
                .once("blacklist_exact_match")
                .describedAs("Fires for each package with a licence of the list.")
                .with(DENIED, PackageScope.OPTIONAL)
                .differingIn("`GPL-3.0`, `GPLv3` and `GPL-3.0-only` are one licence, as in SPDX.")
                .judgedBy((arguments, subject) -> judge(
                        arguments, subject, new Kind("blacklist_exact_match", "LICFULLMATCH", exact(arguments)))));
        triggers.add(Trigger.named("denylist_partial_match")
                .once("blacklist_partial_match")
                .describedAs("Fires for each package with a licence in which one of the texts stands.")
                .with(DENIED_PARTS, PackageScope.OPTIONAL)
                .judgedBy((arguments, subject) -> judge(
                        arguments, subject, new Kind("blacklist_partial_match", "LICSUBMATCH", partial(arguments)))));
        triggers.addAll(new LicenseExpressionTriggers(readings).triggers());
        return List.copyOf(triggers);
    }

    /// How one of Anchore's two triggers decides.
    ///
    /// @param word the message's first
    private record Kind(String olderName, String word, Match match) {}

    @FunctionalInterface
    private interface Match {

        /// The entries of the list that the text of a licence fits.
        List<String> entries(String text);
    }

    private static Match exact(Arguments arguments) {
        var entries = arguments.get(DENIED);
        var keys = new ArrayList<Set<String>>();
        for (var entry : entries) {
            keys.add(new HashSet<>(List.of(entry.toLowerCase(Locale.ROOT), normal(entry))));
        }
        return text -> {
            var lower = text.toLowerCase(Locale.ROOT);
            var found = new ArrayList<String>();
            for (int i = 0; i < entries.size(); i++) {
                if (keys.get(i).contains(lower)) {
                    found.add(entries.get(i));
                }
            }
            return found;
        };
    }

    private static String normal(String entry) {
        var licensing = LicenseTypes.LICENSES.parse(entry, false);
        return licensing instanceof ValueType.Value<List<LicenseExpression>>(var licenses)
                ? licenses.getFirst().toString().toLowerCase(Locale.ROOT)
                : entry + "\u0000";
    }

    private static Match partial(Arguments arguments) {
        var entries = arguments.get(DENIED_PARTS);
        var lower =
                entries.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).toList();
        return text -> {
            var inLower = text.toLowerCase(Locale.ROOT);
            var found = new ArrayList<String>();
            for (int i = 0; i < entries.size(); i++) {
                if (inLower.contains(lower.get(i))) {
                    found.add(entries.get(i));
                }
            }
            return found;
        };
    }

    private Outcome judge(Arguments arguments, Subject subject, Kind kind) {
        var scope = arguments.get(PackageScope.OPTIONAL);
        var hits = new ArrayList<Hit>();
        for (var item : subject.inventory().packages()) {
            if (scope.holds(item.type())) {
                hit(item, kind).ifPresent(hits::add);
            }
        }
        var aggregated = FrozenId.of(
                "licenses",
                kind.olderName(),
                frozen(kind, hits.stream().sorted(Hit.BY_NAME).toList()));
        var firings = hits.stream().map(hit -> firing(hit, kind, aggregated)).toList();
        return Outcome.of(firings, UnknownLicenses.gaps(subject, scope));
    }

    /// A package with denied licences.
    ///
    /// @param licenses that are denied, as people read them
    /// @param entries of the rule's list, sorted
    /// @param fragments as Anchore's message has them
    private record Hit(ImagePackage item, List<String> licenses, List<String> entries, List<String> fragments) {
        private static final java.util.Comparator<Hit> BY_NAME =
                java.util.Comparator.comparing(hit -> hit.item().name());
    }

    private Optional<Hit> hit(ImagePackage item, Kind kind) {
        var licenses = new LinkedHashSet<String>();
        var entries = new TreeSet<String>();
        var fragments = new ArrayList<String>();
        for (var text : item.licenses()) {
            var found = kind.match().entries(text.strip());
            if (!found.isEmpty()) {
                licenses.add(text.strip());
                entries.addAll(found);
            }
            for (var fragment : text.strip().split("\\s+", -1)) {
                if (!kind.match().entries(fragment).isEmpty()) {
                    fragments.add(fragment);
                }
            }
        }
        readings.of(item)
                .licensing()
                .map(LicensesGate::leaves)
                .orElse(List.of())
                .forEach(leaf -> {
                    var found = kind.match().entries(leaf);
                    if (!found.isEmpty() && entries.addAll(found)) {
                        licenses.add(leaf);
                    }
                });
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Hit(
                item,
                List.copyOf(licenses),
                List.copyOf(entries),
                fragments.isEmpty() ? List.copyOf(licenses) : fragments));
    }

    private static List<String> leaves(Licensing licensing) {
        var leaves = new ArrayList<String>();
        licensing.expression().forEachLicense(leaf -> {
            if (!licensing.references().containsKey(leaf.toString())) {
                leaves.add(leaf.toString());
            }
        });
        return leaves;
    }

    private static Firing firing(Hit hit, Kind kind, String aggregated) {
        var item = hit.item();
        var frozen = frozen(kind, List.of(hit));
        return Firing.of(
                        PackageNames.key(item) + "+" + String.join(",", hit.entries()),
                        PackageNames.of(item) + " has the denied licence"
                                + (hit.licenses().size() == 1 ? " " : "s ") + String.join(", ", hit.licenses()),
                        frozen,
                        new Remedy("Replace or remove", PackageNames.of(item), "packages with denied licences", ""))
                .withId(FrozenId.of("licenses", kind.olderName(), frozen), List.of(aggregated))
                .about(item);
    }

    private static String frozen(Kind kind, List<Hit> hits) {
        var packages = new ArrayList<String>();
        for (var hit : hits) {
            hit.fragments().forEach(fragment -> packages.add(hit.item().name() + "(" + fragment + ")"));
        }
        return kind.word() + " Packages are installed that have blacklisted licenses: " + String.join(", ", packages);
    }
}
