package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Subject;
import java.util.List;
import java.util.function.Predicate;

/// Words for facts that the inventory does not hold.
final class UnknownFacts {

    private UnknownFacts() {}

    /// What it was that did not tell, for a sentence: "the document (SPDX 2.3 JSON)".
    static String whatTells(Inventory inventory) {
        return inventory
                .document()
                .map(document -> "the document (" + document.format() + ")")
                .orElse("the source '" + inventory.image().transport() + "'");
    }

    /// Why what the configuration would say cannot be judged.
    static String ofConfiguration(Inventory inventory) {
        return "the image's configuration and history are not known: " + whatTells(inventory) + " does not hold them";
    }

    /// Something that a run collects when it is asked to, and that nobody asked for.
    ///
    /// @param what a clause: `nobody looked for secrets`
    /// @param option that collects it
    static Gap notCollected(Subject subject, String what, String option) {
        var inventory = subject.inventory();
        return Gap.unknown(what + ": "
                + inventory
                        .document()
                        .map(_ -> whatTells(inventory) + " does not tell; look into the image itself, with " + option)
                        .orElse("the image was looked into without " + option));
    }

    /// What is not known because places could not be read in full: one gap for all of them.
    ///
    /// @param what a clause: `secrets were not looked for everywhere`
    static List<Gap> ofPlaces(Subject subject, String what, Predicate<Unknown> concerned) {
        var places = subject.inventory().unknowns().stream().filter(concerned).toList();
        if (places.isEmpty()) {
            return List.of();
        }
        var first = places.getFirst();
        return List.of(Gap.unknown(what + ": " + (first.path().isEmpty() ? "" : first.where() + ", ") + first.reason()
                + more(places.size())));
    }

    /// For the end of a sentence that names one place of several.
    static String more(int places) {
        return switch (places) {
            case 1 -> "";
            case 2 -> "; and one more place";
            default -> "; and " + (places - 1) + " more places";
        };
    }
}
