package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.bundle.Bundle.Mapping;
import dev.plimsoll.policy.bundle.Bundle.RuleSet;
import dev.plimsoll.policy.rule.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads which rule sets and allowlists are for which images.
final class MappingReader {

    private final Format format;
    private final ImageRuleReader images;

    MappingReader(Format format, ImageRuleReader images) {
        this.format = format;
        this.images = images;
    }

    /// @param ruleSets that could be read
    /// @param ruleSetIds of all, those that could not be read included
    List<Mapping> read(Place bundle, List<RuleSet> ruleSets, Set<String> ruleSetIds, Set<String> allowlistIds) {
        var found = new ArrayList<Mapping>();
        var ids = new UniqueIds();
        for (var place : bundle.objects("mappings")) {
            var members = RuleReader.with(ImageRuleReader.MEMBERS, format.mappedRuleSets(), format.mappedAllowlists());
            format.mappedRuleSet().ifPresent(members::add);
            place.knows(members);
            place.optional("id").ifPresent(id -> ids.warnOfSecond(place, id, "mapping"));
            var mapped = mappedRuleSets(place);
            var member = place.has(format.mappedRuleSets())
                    ? format.mappedRuleSets()
                    : format.mappedRuleSet().orElse("");
            checkReferences(place, member, mapped, ruleSetIds, "rule set");
            warnOfMappingThatJudgesNothing(place, member, mapped, ruleSets);
            var allowed = place.strings(format.mappedAllowlists());
            checkReferences(place, format.mappedAllowlists(), allowed, allowlistIds, "allowlist");
            images.read(place).ifPresent(rule -> found.add(new Mapping(rule, mapped, allowed)));
        }
        return found;
    }

    private static void warnOfMappingThatJudgesNothing(
            Place place, String member, List<String> mapped, List<RuleSet> ruleSets) {
        if (!place.has(member)) {
            return;
        }
        boolean judges = mapped.stream()
                .anyMatch(id ->
                        ruleSets.stream().noneMatch(ruleSet -> ruleSet.id().equals(id) && !ruleSet.ofImages()));
        if (!judges) {
            place.warning(
                    member,
                    "the mapping names no rule set for images, so every image that it covers passes"
                            + (mapped.isEmpty() ? "" : " (a rule set's \"artifact_type\" says what it is for)"));
        }
    }

    private List<String> mappedRuleSets(Place place) {
        var single = format.mappedRuleSet().flatMap(place::optional);
        boolean several = place.has(format.mappedRuleSets());
        if (single.isPresent() && several) {
            place.error("'" + format.mappedRuleSet().orElse("") + "' and '" + format.mappedRuleSets()
                    + "' exclude each other");
        } else if (single.isEmpty() && !several) {
            place.error("the member '" + format.mappedRuleSets() + "' is missing");
        }
        return several
                ? place.strings(format.mappedRuleSets())
                : single.map(List::of).orElse(List.of());
    }

    private static void checkReferences(
            Place place, String member, List<String> references, Set<String> ids, String what) {
        for (var reference : references) {
            if (!ids.contains(reference)) {
                place.error(
                        member,
                        "there is no " + what + " '" + Names.shortened(reference) + "'"
                                + Names.nearest(reference, ids)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""));
            }
        }
    }
}
