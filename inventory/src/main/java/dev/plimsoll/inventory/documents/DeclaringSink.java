package dev.plimsoll.inventory.documents;

import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import java.util.List;

/// Hands packages on as only declared, without the files that they would own: for what lists packages that are not
/// installed where it lies. Other facts are passed over. Not safe for several threads.
///
/// @param place within the file that unknowns and packages get where they have none
public record DeclaringSink(FactSink facts, String place) implements FactSink {

    @Override
    public void add(Fact fact) {
        if (fact instanceof PackageFound found) {
            facts.add(new PackageFound(
                    found.type(),
                    found.namespace(),
                    found.name(),
                    found.version(),
                    found.source(),
                    found.architecture(),
                    found.modularity(),
                    Evidence.DECLARED,
                    "",
                    found.qualifiers(),
                    found.licenses(),
                    List.of(),
                    found.cpes(),
                    List.of(),
                    found.properties(),
                    place));
        }
    }

    @Override
    public void unknown(String inside, String reason) {
        facts.unknown(inside.isEmpty() ? place : inside, reason);
    }
}
