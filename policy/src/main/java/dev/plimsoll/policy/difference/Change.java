package dev.plimsoll.policy.difference;

import java.util.List;

/// One thing in which two bundles differ.
///
/// @param part what it is about: `rule`, `allowlist`, `mapping`, `allowed images`, `denied images`, `extensions`
/// @param name of the thing: `baseline/fixable-high`
/// @param what was done, a clause each: `added`, `severity: high → medium`
/// @param examples one for each way it goes
public record Change(String part, String name, Direction direction, List<String> what, List<Example> examples) {
    public Change {
        what = List.copyOf(what);
        examples = List.copyOf(examples);
    }
}
