package dev.plimsoll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Values of options that the command line does not give: PLIMSOLL_* variables first, then the configuration file.
///
/// The option `--max-db-age` is the variable PLIMSOLL_MAX_DB_AGE and the key `max-db-age` of the file; a key under the
/// name of a
/// command (`check:`) counts for that command alone and before a key for all.
final class Settings implements IDefaultValueProvider {

    /// In bytes; a configuration is a page.
    static final int MAX_FILE = 1 << 20;

    private final Environment environment;
    private final Map<String, String> fileValues;
    private final String fileName;

    private Settings(Environment environment, Map<String, String> fileValues, String fileName) {
        this.environment = environment;
        this.fileValues = fileValues;
        this.fileName = fileName;
    }

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
                ? new Settings(environment, read(found.get()), found.get().toString())
                : new Settings(environment, Map.of(), "");
    }

    private static Map<String, String> read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw CommandException.usage(file + " is over " + MAX_FILE + " bytes; it is no configuration");
            }
            var settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setMaxAliasesForCollections(10)
                    .setCodePointLimit(MAX_FILE)
                    .build();
            var values = new TreeMap<String, String>();
            switch (new Load(settings).loadFromString(Files.readString(file))) {
                case null -> {}
                case Map<?, ?> map -> flatten("", map, values, file);
                case Object _ ->
                    throw CommandException.usage(
                            file + " must hold keys with values, for example `policy: bundle.json`");
            }
            return values;
        } catch (YamlEngineException e) {
            throw CommandException.usage(file + " is not YAML: " + firstLines(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw CommandException.usage("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> values, Path file) {
        map.forEach((key, value) -> {
            var name = prefix + key;
            switch (value) {
                case null -> {}
                case Map<?, ?> inner when prefix.isEmpty() -> flatten(name + ".", inner, values, file);
                case List<?> list -> {
                    var texts = new ArrayList<String>();
                    list.forEach(element -> texts.add(String.valueOf(element)));
                    values.put(name, String.join("\n", texts));
                }
                case Map<?, ?> _ ->
                    throw CommandException.usage(file + ": '" + name
                            + "' nests too deep; keys are options, or a command with options beneath");
                default -> values.put(name, String.valueOf(value));
            }
        });
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
        return fileValues.isEmpty();
    }

    /// Keys of the file that are no option of any command, so that a typing error is said. `known` holds names without
    /// dashes.
    List<String> unknownKeys(java.util.Set<String> known) {
        return fileValues.keySet().stream()
                .filter(key -> !known.contains(key.substring(key.lastIndexOf('.') + 1)))
                .map(key -> fileName + ": '" + key + "' is no option")
                .toList();
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        var name = option.longestName().replaceFirst("^--?", "");
        var command = option.command().qualifiedName(".").replaceFirst("^plimsoll\\.?", "");
        return environment
                .variable("PLIMSOLL_" + name.toUpperCase(Locale.ROOT).replace('-', '_'))
                .or(() -> Optional.ofNullable(fileValues.get(command + "." + name)))
                .or(() -> Optional.ofNullable(fileValues.get(name)))
                .orElse(null);
    }
}
