package dev.plimsoll.inventory.sbom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A component as CycloneDX has it, in JSON and XML alike. What is missing is the empty text. Filled while it is read;
/// not safe for several threads.
final class CycloneDxComponent {

    String type = "";
    String reference = "";
    String group = "";
    String name = "";
    String version = "";
    String description = "";
    String packageUrl = "";
    String cpe = "";
    final List<String> licenses = new ArrayList<>();
    /// Characters that it holds, where they are counted.
    long held;
    /// Sorted by name, several values for one name in their order.
    final Map<String, List<String>> properties = new TreeMap<>();
    /// Paths of `evidence.occurrences`.
    final List<String> occurrences = new ArrayList<>();

    void property(String key, String value) {
        properties.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }

    /// The first value, the empty text where there is none.
    String property(String key) {
        var values = properties.get(key);
        return values == null ? "" : values.getFirst();
    }

    /// What Plimsoll said, without its prefix.
    Map<String, List<String>> said() {
        var said = new TreeMap<String, List<String>>();
        properties.forEach((key, values) -> {
            if (key.startsWith(PlimsollProperties.PREFIX)) {
                said.put(key.substring(PlimsollProperties.PREFIX.length()), values);
            }
        });
        return said;
    }

    List<String> propertyValues(String key) {
        return properties.getOrDefault(key, List.of());
    }
}
