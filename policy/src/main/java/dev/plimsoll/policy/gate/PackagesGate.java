package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.policy.ImageChange.RemovePackage;
import dev.plimsoll.policy.Remedy;
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
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Gate `packages`: what is installed.
final class PackagesGate implements Gate {

    private static final Parameter<String> DENIED_NAME = Parameter.of("name", ValueTypes.TEXT)
            .describedAs("Name of the package that must not be there.")
            .like("openssh-server")
            .mustBeGiven();
    private static final Parameter<String> DENIED_VERSION = Parameter.of("version", ValueTypes.TEXT)
            .describedAs("Only this version; with or without epoch and distribution's revision.")
            .like("1.0.1");

    private static final Parameter<String> REQUIRED_NAME = Parameter.of("name", ValueTypes.TEXT)
            .describedAs("Name of the package that must be there.")
            .like("libssl3")
            .mustBeGiven();
    private static final Parameter<String> REQUIRED_VERSION = Parameter.of("version", ValueTypes.TEXT)
            .describedAs("The version that it must have, as the package database writes it.")
            .like("3.0.11-1~deb12u2");
    private static final Parameter<VersionMatch> VERSION_MATCH = Parameter.of(
                    "version_match_type", ValueTypes.oneOf(VersionMatch.class))
            .describedAs("Whether it must be exactly this version or at least this one, in the order of its ecosystem.")
            .like("exact")
            .orElse(VersionMatch.EXACT);

    @Override
    public String name() {
        return "packages";
    }

    @Override
    public String description() {
        return "Packages of the distribution and of languages.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.named("denylist")
                        .once("blacklist")
                        .describedAs("Fires once for each version of the package that is there.")
                        .with(DENIED_NAME, DENIED_VERSION)
                        .differingIn(
                                "Anchore compares `version` with the upstream part of a version only; here the whole"
                                        + " version, and the same without epoch or revision, count too.")
                        .judgedBy(PackagesGate::judgeDenied),
                PackageMetadataTrigger.declaration(),
                Trigger.named("required_package")
                        .describedAs("Fires where the package is not there, or not in the version that is asked.")
                        .with(REQUIRED_NAME, REQUIRED_VERSION, VERSION_MATCH)
                        .differingIn(
                                "`minimum` compares the whole version in the order of its ecosystem; Anchore leaves the revision"
                                        + " out.",
                                "Of several packages of that name one is enough; Anchore asks the first it finds.",
                                "A version that cannot be compared makes the rule one that cannot be judged.")
                        .judgedBy(PackagesGate::judgeRequired),
                PackageVerificationTrigger.declaration());
    }

    private static Outcome judgeDenied(Arguments arguments, Subject subject) {
        var name = arguments.get(DENIED_NAME);
        var version = arguments.find(DENIED_VERSION).filter(text -> !text.isEmpty());
        var places = new TreeMap<String, TreeSet<String>>();
        var items = new TreeMap<String, ImagePackage>();
        for (var item : named(name, subject)) {
            if (version.isEmpty() || spellings(item.version()).contains(version.get())) {
                item.locations()
                        .forEach(location -> places.computeIfAbsent(item.version(), _ -> new TreeSet<>())
                                .add("/" + location.path()));
                places.computeIfAbsent(item.version(), _ -> new TreeSet<>());
                items.putIfAbsent(item.version(), item);
            }
        }
        var frozen = "Package is blacklisted: " + name
                + version.map(text -> "-" + text).orElse("");
        var firings = new ArrayList<Firing>();
        for (var entry : items.entrySet()) {
            var found = entry.getKey();
            var item = entry.getValue();
            var paths = places.getOrDefault(found, new TreeSet<>());
            firings.add(Firing.of(
                            name + version.map(text -> "@" + text).orElse(""),
                            "The package " + name + " " + found + " is denied"
                                    + (paths.isEmpty()
                                            ? ""
                                            : " ("
                                                    + String.join(
                                                            ", ",
                                                            paths.stream()
                                                                    .limit(3)
                                                                    .toList()) + ")"),
                            frozen,
                            (version.isEmpty()
                                            ? Remedy.of("Remove " + name)
                                            : new Remedy(
                                                    "Remove",
                                                    name + " " + found,
                                                    "versions of " + name,
                                                    ", or take another version"))
                                    .by(new RemovePackage(item.type(), item.name())))
                    .about(item));
        }
        return Outcome.of(firings, unread(subject));
    }

    private static Outcome judgeRequired(Arguments arguments, Subject subject) {
        var name = arguments.get(REQUIRED_NAME);
        var version = arguments.find(REQUIRED_VERSION).filter(text -> !text.isEmpty());
        var found = named(name, subject);
        var unread = unread(subject);
        if (found.isEmpty() && !unread.isEmpty()) {
            return Outcome.of(List.of(), unread);
        }
        if (found.isEmpty()) {
            var asked = name + version.map(text -> "," + text).orElse("");
            return fired(
                    name,
                    "The package " + name + version.map(text -> " " + text).orElse("") + " is required and not there",
                    "Required input package (" + asked + ") is not present in container image",
                    "Install " + name + version.map(text -> " " + text).orElse(""));
        }
        if (version.isEmpty()) {
            return Outcome.quiet();
        }
        var wanted = version.get();
        var first = found.getFirst();
        var have = found.stream().map(ImagePackage::version).distinct().collect(Collectors.joining(", "));
        return switch (arguments.get(VERSION_MATCH)) {
            case EXACT ->
                found.stream().anyMatch(item -> item.version().equals(wanted))
                        ? Outcome.quiet()
                        : fired(
                                name,
                                "The package " + name + " is there in version " + have + ", and " + wanted
                                        + " is required",
                                // Anchore prints the name where the version was meant; the id is made of it.
                                "Required input package (" + name + ") is present (" + first.version()
                                        + "), but not at the version specified in policy (" + name + ")",
                                "Install " + name + " " + wanted + " in place of " + have);
            case MINIMUM -> judgeMinimum(name, wanted, found, have);
        };
    }

    private static Outcome judgeMinimum(String name, String wanted, List<ImagePackage> found, String have) {
        var unclear = new TreeSet<String>();
        for (var item : found) {
            var order = VersionScheme.of(item.type()).flatMap(scheme -> scheme.compare(item.version(), wanted));
            if (item.version().equals(wanted) || order.orElse(-1) >= 0) {
                return Outcome.quiet();
            }
            if (order.isEmpty()) {
                unclear.add(item.version());
            }
        }
        if (!unclear.isEmpty()) {
            return Outcome.cannotJudge("nobody knows how the version " + String.join(", ", unclear) + " of " + name
                    + " compares with " + wanted);
        }
        return fired(
                name,
                "The package " + name + " is there in version " + have + ", and at least " + wanted + " is required",
                "Required min-version input package (" + name + ") is present ("
                        + found.getFirst().version() + "), but is lower version than what is specified in policy ("
                        + wanted
                        + ")",
                "Upgrade " + name + " to " + wanted + " or later");
    }

    private static Outcome fired(String name, String message, String frozen, String remedy) {
        return Outcome.of(List.of(Firing.of(name, message, frozen, Remedy.of(remedy))));
    }

    /// A package that is not found may stand where a database could not be read.
    private static List<Gap> unread(Subject subject) {
        return subject.gapsOfPackages(_ -> true);
    }

    /// Packages of that name in the inventory's order.
    private static List<ImagePackage> named(String name, Subject subject) {
        return subject.inventory().packages().stream()
                .filter(item -> item.name().equals(name) || isAlsoNamed(item, name))
                .toList();
    }

    /// For Maven the artifact's name is enough, as in Anchore; names of PyPI are the same in any spelling.
    /// Elsewhere the purl's name alone says too little: `core` is not `@angular/core`.
    private static boolean isAlsoNamed(ImagePackage item, String name) {
        return switch (item.type()) {
            case MAVEN -> item.purl().name().equals(name);
            case PYPI -> item.purl().name().equals(PackageUrl.normalName(item.type(), name));
            default -> false;
        };
    }

    /// A version with and without epoch, and with and without the distribution's revision.
    private static List<String> spellings(String version) {
        var spellings = new ArrayList<String>();
        int colon = version.indexOf(':');
        for (var text : List.of(version, version.substring(colon + 1))) {
            spellings.add(text);
            int dash = text.lastIndexOf('-');
            if (dash > 0) {
                spellings.add(text.substring(0, dash));
            }
        }
        return spellings;
    }

    private enum VersionMatch implements Word {
        EXACT,
        MINIMUM;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
