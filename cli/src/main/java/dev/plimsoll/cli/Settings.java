package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.NearNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Values of options that the command line does not give: PLIMSOLL_* variables first, then the configuration file.
///
/// The option `--max-db-age` is the variable PLIMSOLL_MAX_DB_AGE and the key `max-db-age` of the file; a key under the
/// name of a command (`check:`) counts for that command alone and before a key for all. Described for users in
/// docs/configuration.md.
final class Settings implements IDefaultValueProvider {

    /// Holds what is collected of an image, for all commands that look into one.
    private static final List<String> ANALYSIS = List.of("analysis");

    /// In bytes; a configuration is a page.
    static final int MAX_FILE = 1 << 20;

    /// Words of the longest command.
    private static final int MAX_DEPTH = 4;

    private final Environment environment;
    private final String file;
    private final List<Entry> entries;
    private final Map<String, Entry> byKey = new TreeMap<>();

    private Settings(Environment environment, String file, List<Entry> entries) {
        this.environment = environment;
        this.file = file;
        this.entries = entries;
    }

    /// A key of the file with its value.
    ///
    /// @param section names of commands that it stands under; empty where it is for all
    /// @param values more than one only where the file gives a list
    /// @param line of the key, from 1
    private record Entry(List<String> section, String name, List<String> values, boolean list, int line) {}

    /// Reads the file that was named (`--config`, PLIMSOLL_CONFIG), else `.plimsoll.yaml` here, else the user's own;
    /// none is fine.
    ///
    /// @throws CommandException when the file cannot be read
    static Settings load(Environment environment, Optional<String> named) {
        var file = named.or(() -> environment.variable("PLIMSOLL_CONFIG")).map(environment::resolve);
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw CommandException.usage("there is no configuration file " + file.get() + " (--config)");
        }
        var found =
                file.or(() -> List.of(
                                environment.resolve(".plimsoll.yaml"),
                                environment.configurationFolder().resolve("config.yaml"))
                        .stream()
                        .filter(Files::isRegularFile)
                        .findFirst());
        return found.isPresent()
                ? new Settings(environment, found.get().toString(), read(found.get()))
                : new Settings(environment, "", List.of());
    }

    private static List<Entry> read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw CommandException.usage(file + " is over " + MAX_FILE + " bytes; it is no configuration");
            }
            var settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setMaxAliasesForCollections(10)
                    .setCodePointLimit(MAX_FILE)
                    .build();
            var entries = new ArrayList<Entry>();
            var root = new Compose(settings).composeString(Files.readString(file));
            if (root.isPresent() && !isNothing(root.get())) {
                if (!(root.get() instanceof MappingNode map)) {
                    throw CommandException.usage(
                            file + " must hold keys with values, for example `policy: bundle.json`");
                }
                collect(List.of(), map, entries, file);
            }
            return entries;
        } catch (YamlEngineException e) {
            throw CommandException.usage(file + " is not YAML: " + firstLines(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw CommandException.usage("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static void collect(List<String> section, MappingNode map, List<Entry> entries, Path file) {
        for (var tuple : map.getValue()) {
            var line = tuple.getKeyNode()
                    .getStartMark()
                    .map(mark -> mark.getLine() + 1)
                    .orElse(0);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw CommandException.usage(file + ", line " + line + ": a key must be the name of an option");
            }
            switch (tuple.getValueNode()) {
                case MappingNode inner -> {
                    // Commands nest thrice (remote data poll add): what is deeper is a mistake; a bound for foreign
                    // files.
                    if (section.size() >= MAX_DEPTH) {
                        throw CommandException.usage(
                                file + ", line " + line + ": '" + key.getValue() + "' nests too deep");
                    }
                    var deeper = new ArrayList<>(section);
                    deeper.add(key.getValue());
                    collect(deeper, inner, entries, file);
                }
                case SequenceNode list -> {
                    var values = new ArrayList<String>();
                    for (var element : list.getValue()) {
                        if (!(element instanceof ScalarNode scalar)) {
                            throw CommandException.usage(file + ", line " + line + ": the list of '" + key.getValue()
                                    + "' may hold plain values only");
                        }
                        values.add(scalar.getValue());
                    }
                    entries.add(new Entry(section, key.getValue(), values, true, line));
                }
                case ScalarNode scalar -> {
                    if (!isNothing(scalar)) {
                        entries.add(new Entry(section, key.getValue(), List.of(scalar.getValue()), false, line));
                    }
                }
                case Node _ -> throw CommandException.usage(file + ", line " + line + ": an alias is no value");
            }
        }
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private static String firstLines(String message) {
        return message.lines()
                .limit(3)
                .map(String::strip)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    /// Whether no configuration file sets anything.
    boolean fileIsEmpty() {
        return entries.isEmpty();
    }

    /// Whether every key of the file is an option of these commands.
    boolean fits(CommandSpec root) {
        return entries.stream().allMatch(entry -> mistake(root, entry).isEmpty());
    }

    /// Checks every key of the file against the options that there are.
    ///
    /// @throws CommandException that names all mistakes with their lines, and the nearest name of each
    void check(CommandSpec root) {
        var mistakes = new ArrayList<String>();
        for (var entry : entries) {
            mistake(root, entry)
                    .ifPresentOrElse(
                            words -> mistakes.add(file + ", line " + entry.line() + ": " + words),
                            () -> byKey.put(key(entry.section(), entry.name()), entry));
        }
        if (!mistakes.isEmpty()) {
            throw CommandException.usage(String.join("\n  ", mistakes));
        }
    }

    private Optional<String> mistake(CommandSpec root, Entry entry) {
        var command = root;
        var ofAnalysis = entry.section().equals(ANALYSIS);
        for (var name : ofAnalysis ? List.<String>of() : entry.section()) {
            var inner = command.subcommands().get(name);
            if (inner == null) {
                var names = new TreeSet<>(command.subcommands().keySet());
                names.addAll(entry.section().size() == 1 ? ANALYSIS : List.of());
                return Optional.of("'" + name + "' is no command" + NearNames.question(name, names));
            }
            command = inner.getCommandSpec();
        }
        var options = new TreeMap<String, OptionSpec>();
        collectOptions(command, options);
        if (ofAnalysis) {
            options.keySet().retainAll(AnalysisArguments.NAMES);
        }
        var option = options.get(entry.name());
        if (option == null) {
            return Optional.of("'" + entry.name() + "' is no option"
                    + (entry.section().isEmpty() ? "" : " of " + String.join(" ", entry.section()))
                    + NearNames.question(entry.name(), new TreeSet<>(options.keySet())));
        }
        if (byKey.containsKey(key(entry.section(), entry.name()))) {
            return Optional.of("'" + entry.name() + "' stands there twice");
        }
        return entry.list() && !option.isMultiValue()
                ? Optional.of("'" + entry.name() + "' takes one value, not a list")
                : Optional.empty();
    }

    private static void collectOptions(CommandSpec command, Map<String, OptionSpec> options) {
        for (var option : command.options()) {
            if (isSetting(option)) {
                options.putIfAbsent(name(option), option);
            }
        }
        Collection<picocli.CommandLine> inner = command.subcommands().values();
        inner.forEach(line -> collectOptions(line.getCommandSpec(), options));
    }

    /// `--help` and `--version` ask for something once; PLIMSOLL_VERSION is a likely name for something else.
    /// Which file to read cannot stand in that file.
    private static boolean isSetting(OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp() && !name(option).equals("config");
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^--?", "");
    }

    private static String key(List<String> section, String name) {
        return String.join(".", section) + ":" + name;
    }

    private static String variable(OptionSpec option) {
        return "PLIMSOLL_" + name(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !isSetting(option)) {
            return null;
        }
        return environment
                .variable(variable(option))
                .or(() -> entry(option).map(found -> String.join("\n", found.values())))
                .orElse(null);
    }

    /// Where a value comes from that the command line does not give: ` (PLIMSOLL_AT)`, ` (.plimsoll.yaml, line 3)`.
    String origin(OptionSpec option) {
        return environment
                .variable(variable(option))
                .map(_ -> " (" + variable(option) + ")")
                .or(() -> entry(option).map(found -> " (" + file + ", line " + found.line() + ")"))
                .orElse("");
    }

    /// The nearest section counts: `db build`, then `db`, then `analysis`, then what is for all.
    private Optional<Entry> entry(OptionSpec option) {
        var path = option.command().qualifiedName(" ").split(" ", -1);
        var sections = new ArrayList<List<String>>();
        for (int length = path.length; length > 1; length--) {
            sections.add(List.of(path).subList(1, length));
        }
        if (AnalysisArguments.NAMES.contains(name(option))) {
            sections.add(ANALYSIS);
        }
        sections.add(List.of());
        for (var section : sections) {
            var found = byKey.get(key(section, name(option)));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
