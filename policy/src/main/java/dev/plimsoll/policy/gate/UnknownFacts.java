package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.Inventory;

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
}
