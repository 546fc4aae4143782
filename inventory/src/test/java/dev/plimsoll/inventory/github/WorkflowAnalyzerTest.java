package dev.plimsoll.inventory.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import org.junit.jupiter.api.Test;

class WorkflowAnalyzerTest {

    @Test
    void readsWhatAWorkflowUses() {
        var analyzed = Analyzed.by(new WorkflowAnalyzer(), ".github/workflows/ci.yml", """
                on: push
                jobs:
                  reused:
                    uses: Owner/Shared/.github/workflows/build.yml@v2
                  test:
                    steps:
                      - uses: actions/checkout@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v4
                      - uses: actions/cache/restore@v4.0
                      - uses: ./.github/actions/own
                      - uses: docker://alpine:3.8
                      - uses: actions/cache/restore@v4.0
                      - run: make
                """);

        assertThat(analyzed.names())
                .containsExactly(
                        "Owner/Shared v2",
                        "actions/checkout 8f4b7f84864484a7bf31766abe9204da3cbe65b3",
                        "actions/cache v4.0");
        assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.DECLARED);
        assertThat(analyzed.unknowns()).isEmpty();
    }

    @Test
    void readsACompositeAction() {
        assertThat(Analyzed.by(
                                new WorkflowAnalyzer(),
                                "src/action.yml",
                                "runs:\n  using: composite\n  steps:\n  - uses: a/b@v1\n")
                        .names())
                .containsExactly("a/b v1");
    }

    @Test
    void onlyABrokenWorkflowIsUnknown() {
        assertThat(Analyzed.by(new WorkflowAnalyzer(), ".github/workflows/ci.yml", "a: [")
                        .unknowns())
                .hasSize(1);
        assertThat(Analyzed.by(new WorkflowAnalyzer(), "etc/action.yml", "a: [").unknowns())
                .isEmpty();
    }
}
