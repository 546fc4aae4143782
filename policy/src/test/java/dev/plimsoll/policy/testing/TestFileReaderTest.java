package dev.plimsoll.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Verdict.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a file of tests may say, and how its mistakes are told.
final class TestFileReaderTest {

    private static List<String> problems(String yaml) {
        var reading = TestFileReader.read("t.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading.file().isEmpty()).isEqualTo(!reading.problems().isEmpty());
        return reading.problems().stream().map(Object::toString).toList();
    }

    @Test
    void readsWhatAFileSaysForAllItsTests() {
        var file = Tested.file("""
                policy: [a.json, b.yaml]
                waivers: w.yaml
                image: registry.example/shop/web:1
                at: 2026-02-03
                options: { strict: true }
                tests:
                  - { name: one, expect: { decision: pass } }
                  - { name: two, image: "other.example/x:2", at: "2026-02-03T04:05:06Z", expect: { action: warn, absent: [r] } }
                """);

        assertThat(file.policies()).containsExactly("a.json", "b.yaml");
        assertThat(file.waivers()).containsExactly("w.yaml");
        var one = file.tests().getFirst();
        assertThat(one.image()).hasToString("registry.example/shop/web:1");
        assertThat(one.at()).isEqualTo(Instant.parse("2026-02-03T00:00:00Z"));
        assertThat(one.options().strict()).isTrue();
        assertThat(one.expectation().decision()).contains(Decision.PASS);
        var two = file.tests().getLast();
        assertThat(two.image()).hasToString("other.example/x:2");
        assertThat(two.at()).isEqualTo(Instant.parse("2026-02-03T04:05:06Z"));
        assertThat(two.expectation().action()).contains(Action.WARN);
        assertThat(two.expectation().absent()).containsExactly("r");
    }

    @Test
    void takesTheSameInstantOnEveryDayWhereNoneIsGiven() {
        assertThat(Tested.file("tests: [{ name: n, expect: { decision: pass } }]")
                        .tests()
                        .getFirst()
                        .at())
                .isEqualTo(TestFileReader.USUAL_INSTANT);
    }

    @Test
    void readsJsonToo() {
        var reading = TestFileReader.read(
                "t.json",
                "{\"tests\":[{\"name\":\"n\",\"expect\":{\"decision\":\"data-missing\"}}]}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(reading.file().orElseThrow().tests().getFirst().expectation().decision())
                .isEqualTo(Optional.of(Decision.DATA_MISSING));
    }

    @Test
    void putsATestsOwnFactsBeforeThoseOfTheFile() {
        var file = Tested.file("""
                facts: { user: app, ports: [80] }
                tests: [{ name: n, facts: { user: root }, expect: { decision: pass } }]
                """);
        var facts = (SmallFacts) file.tests().getFirst().facts();

        assertThat(facts.image().user()).isEqualTo("root");
        assertThat(facts.image().ports()).containsExactly("80");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tests: []                                                              | /tests                        | there are no tests
            policy: x                                                              |                               | the member 'tests' is missing
            [1]                                                                    |                               | is no file of tests
            tests: [{ expect: { decision: pass } }]                                | /tests/0                      | the member 'name' is missing
            tests: [{ name: n }]                                                   | /tests/0                      | the member 'expect' is missing
            tests: [{ name: n, expect: {} }]                                       | /tests/0/expect               | it expects nothing, so that it cannot fail
            tests: [{ name: n, expect: { decision: good } }]                       | /tests/0/expect/decision      | allowed are pass, fail, unknown, data_missing
            tests: [{ name: n, expect: { action: block } }]                        | /tests/0/expect/action        | allowed are go, warn, stop
            tests: [{ name: n, expect: { results: [{}] } }]                        | /tests/0/expect/results/0     | it means every result
            tests: [{ name: n, expect: { results: [{ gate: gat }] } }]             | /tests/0/expect/results/0/gate | there is no such gate
            tests: [{ name: n, expect: { results: [{ rule: r, count: many }] } }]  | /tests/0/expect/results/0/count | must be a whole number
            tests: [{ name: n, expect: { decision: pass, resluts: [] } }]          | /tests/0/expect/resluts       | did you mean 'results'?
            tests: [{ name: n, at: soon, expect: { decision: pass } }]             | /tests/0/at                   | no instant; one looks like
            tests: [{ name: n, facts: { usr: root }, expect: { decision: pass } }] | /tests/0/facts/usr            | did you mean 'user'?
            tests: [{ name: n, facts: { packages: [{ purl: curl }] }, expect: { decision: pass } }] | /tests/0/facts/packages/0/purl | no package URL
            tests: [{ name: n, facts: { findings: [{ id: C, package: curl }] }, expect: { decision: pass } }] | /tests/0/facts/findings/0/package | there is no package 'curl'
            tests: [{ name: n, facts: { findings: [{ id: C, package: "pkg:npm/a@1", severity: bad }] }, expect: { decision: pass } }] | /tests/0/facts/findings/0/severity | unknown severity
            tests: [{ name: n, facts: { files: [{ path: /a, mode: "99" }] }, expect: { decision: pass } }] | /tests/0/facts/files/0/mode | must be octal digits
            tests: [{ name: n, facts: { files: [{ path: /a, layer: 0 }] }, expect: { decision: pass } }] | /tests/0/facts/files/0/layer | from 1, the lowest layer
            tests: [{ name: n, facts: { files: [{ path: /a, type: x }] }, expect: { decision: pass } }] | /tests/0/facts/files/0/type | allowed are file, directory
            tests: [{ name: n, facts: { distribution: debian }, expect: { decision: pass } }] | /tests/0/facts/distribution | one looks like debian:12
            tests: [{ name: n, facts: { unknown: [file] }, expect: { decision: pass } }] | /tests/0/facts/unknown | these can: configuration, files
            tests: [{ name: n, facts: { layers: [big] }, expect: { decision: pass } }] | /tests/0/facts/layers | is no size
            tests: [{ name: n, inventory: i, facts: {}, expect: { decision: pass } }] | /tests/0/facts | stands beside 'inventory'
            tests: [{ name: n, advisories: a, expect: { decision: pass } }]        | /tests/0/advisories           | is for tests with an 'inventory'
            tests: [{ name: n, options: { strct: true }, expect: { decision: pass } }] | /tests/0/options/strct    | did you mean 'strict'?
            """)
    void tellsEachMistakeWithItsPlace(String yaml, String pointer, String words) {
        var place = pointer == null ? "" : pointer;
        var reading = TestFileReader.read("t.yaml", yaml.getBytes(StandardCharsets.UTF_8));

        assertThat(reading.file()).isEmpty();
        assertThat(reading.problems()).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo(place);
            assertThat(problem.message()).contains(words);
        });
    }

    @Test
    void tellsOfASecondTestWithTheName() {
        assertThat(problems(
                        "tests: [{ name: n, expect: { decision: pass } }, { name: n, expect: { decision: pass } }]"))
                .singleElement()
                .asString()
                .contains("/tests/1/name", "another test has that name");
    }

    @Test
    void takesAsManyTestsAsTheLimitAndNoMore() {
        var test = "{ name: n%d, expect: { decision: pass } },\n";
        var most = new StringBuilder("tests: [");
        for (int i = 0; i < TestFileReader.MAX_TESTS; i++) {
            most.append(test.formatted(i));
        }
        assertThat(Tested.file(most + "]").tests()).hasSize(TestFileReader.MAX_TESTS);
        assertThat(problems(most + test.formatted(-1) + "]"))
                .singleElement()
                .asString()
                .contains("there are over " + TestFileReader.MAX_TESTS + " tests");
    }

    @Test
    void refusesATextOverTheLimit() {
        assertThat(problems("#" + "x".repeat(TestFileReader.MAX_LENGTH)))
                .singleElement()
                .asString()
                .contains("is over " + TestFileReader.MAX_LENGTH + " bytes");
    }

    @Test
    void knowsTestsFromOtherFiles() {
        assertThat(TestFileReader.isMeantToHoldTests("a.yaml", "tests: 1".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(TestFileReader.isMeantToHoldTests("a.yaml", "id: b".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(TestFileReader.isMeantToHoldTests("a.test.yaml", "{".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }
}
