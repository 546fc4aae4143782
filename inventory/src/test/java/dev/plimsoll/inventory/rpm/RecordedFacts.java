package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import java.util.ArrayList;
import java.util.List;

/// Keeps what an analyzer says.
final class RecordedFacts implements FactSink {

    private final List<PackageFound> packages = new ArrayList<>();
    private final List<String> unknowns = new ArrayList<>();

    @Override
    public void add(Fact fact) {
        packages.add((PackageFound) fact);
    }

    @Override
    public void unknown(String place, String reason) {
        unknowns.add(place + ": " + reason);
    }

    List<PackageFound> packages() {
        return packages;
    }

    /// `place: reason`.
    List<String> unknowns() {
        return unknowns;
    }

    PackageFound single() {
        if (packages.size() != 1 || !unknowns.isEmpty()) {
            throw new AssertionError("not one package alone: " + packages + " " + unknowns);
        }
        return packages.getFirst();
    }
}
