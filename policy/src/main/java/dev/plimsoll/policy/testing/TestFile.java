package dev.plimsoll.policy.testing;

import java.util.List;

/// A file of tests.
///
/// @param file its name
/// @param policies paths of the bundles, relative to the file; none for the default policy
/// @param waivers paths, relative to the file
public record TestFile(String file, List<String> policies, List<String> waivers, List<PolicyTest> tests) {
    public TestFile {
        policies = List.copyOf(policies);
        waivers = List.copyOf(waivers);
        tests = List.copyOf(tests);
    }
}
