package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// Programs that no package owns and nothing identifies: nobody can say what is wrong with them.
final class UnidentifiedPrograms {

    /// In programs that are named one by one; what is beyond is counted.
    static final int MAX_NAMED = 200;

    private record Program(int layer, String format) {}

    private UnidentifiedPrograms() {}

    /// @param visible evidence of all kinds
    /// @param layers the layer of an index, empty where nothing describes layers
    static List<Unknown> of(
            List<LayerFound> visible,
            List<ImagePackage> packages,
            Ownership ownership,
            IntFunction<OptionalInt> layers) {
        var programs = new TreeMap<String, Program>();
        var identified = new HashSet<String>();
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                switch (fact) {
                    case Fact.Executable(var format) ->
                        programs.put(evidence.found().path(), new Program(evidence.layer(), format));
                    case PackageFound _ -> identified.add(evidence.found().path());
                    default -> {}
                }
            }
        }
        programs.keySet().removeAll(identified);
        programs.keySet().removeAll(ownership.owned(packages, programs.keySet()));
        var unknowns = new ArrayList<Unknown>();
        for (var program : programs.entrySet()) {
            var layer = layers.apply(program.getValue().layer());
            if (unknowns.size() == MAX_NAMED) {
                unknowns.add(new Unknown(
                        program.getKey(),
                        layer,
                        "",
                        "and " + (programs.size() - MAX_NAMED)
                                + " programs in all from here on that no package owns and nothing identifies"));
                break;
            }
            unknowns.add(new Unknown(
                    program.getKey(),
                    layer,
                    "",
                    "a program (" + program.getValue().format() + ") that no package owns and nothing identifies"));
        }
        return unknowns;
    }
}
