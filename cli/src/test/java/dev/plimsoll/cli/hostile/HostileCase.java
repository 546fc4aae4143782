package dev.plimsoll.cli.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One way in which an input is hostile, or odd and lawful.
///
/// @param name says what it is; unique in the catalogue
/// @param lowered options that lower limits at {@link Scale#LOWERED}
/// @param always options at every scale
public record HostileCase(
        String name, Generator generator, List<String> lowered, List<String> always, Map<Scale, Ending> endings) {

    public HostileCase {
        lowered = List.copyOf(lowered);
        always = List.copyOf(always);
        endings = Map.copyOf(endings);
    }

    /// The file that goes to standard input, where the IMAGE is `-`.
    public static final String STANDARD_INPUT = "standard-input";

    /// Writes the input.
    @FunctionalInterface
    public interface Generator {

        /// @param folder empty, for this input alone
        /// @return what to give to the command as IMAGE, relative to the folder
        String write(Path folder, Scale scale) throws IOException;
    }

    static HostileCase refused(String name, Generator generator, String... phrases) {
        return of(name, generator, new Ending.Refused(List.of(phrases)));
    }

    static HostileCase noImage(String name, Generator generator, String... phrases) {
        return of(name, generator, new Ending.NoImage(List.of(phrases)));
    }

    static HostileCase unknown(String name, Generator generator, String... phrases) {
        return of(name, generator, new Ending.Unknown(List.of(phrases)));
    }

    static HostileCase lawful(String name, Generator generator, String... files) {
        return of(name, generator, new Ending.Lawful(List.of(files)));
    }

    private static HostileCase of(String name, Generator generator, Ending ending) {
        return new HostileCase(
                name, generator, List.of(), List.of(), Map.of(Scale.LOWERED, ending, Scale.FULL, ending));
    }

    HostileCase lowered(String... options) {
        return new HostileCase(name, generator, List.of(options), always, endings);
    }

    HostileCase always(String... options) {
        return new HostileCase(name, generator, lowered, List.of(options), endings);
    }

    /// Ends otherwise at full size.
    HostileCase atFull(Ending ending) {
        var changed = new TreeMap<>(endings);
        changed.put(Scale.FULL, ending);
        return new HostileCase(name, generator, lowered, always, changed);
    }

    public Ending ending(Scale scale) {
        return endings.getOrDefault(scale, new Ending.Lawful(List.of()));
    }

    /// The options of the command at a scale.
    public List<String> options(Scale scale) {
        var options = new ArrayList<>(always);
        if (scale == Scale.LOWERED) {
            options.addAll(lowered);
        }
        return options;
    }

    @Override
    public String toString() {
        return name;
    }
}
