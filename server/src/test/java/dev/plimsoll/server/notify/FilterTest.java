package dev.plimsoll.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.ItemReader;
import dev.plimsoll.server.notify.message.Subject;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterTest {

    private static final String FINDINGS = "{\"added\":[%s,%s],\"changed\":[%s],\"gone\":[%s]}"
            .formatted(
                    Scene.finding("A", "critical", false, false),
                    Scene.finding("B", "low", true, true),
                    Scene.finding("C", "high", true, false),
                    Scene.finding("D", "high", true, false));

    private static Item item(EventKind kind, String name, Set<Cause> causes, String payload) {
        return ItemReader.read(
                kind, new Subject(UUID.randomUUID(), TestClock.START, name, "sha256:a", causes), Scene.json(payload));
    }

    private static String wanted(Item item) {
        return item instanceof Item.VulnerabilityUpdate update
                ? Stream.of(update.added(), update.changed(), update.gone())
                        .map(list -> list.stream().map(Finding::id).collect(Collectors.joining()))
                        .collect(Collectors.joining("/"))
                : "?";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                          | AB/C/D
            {"severity":"high"}                         | A/C/D
            {"severity":"critical"}                     | A//
            {"fixable":true}                            | B/C/D
            {"known_exploited":true}                    | B//
            {"new_only":true}                           | AB//
            {"severity":"high","fixable":true}          | /C/D
            {"new_only":true,"severity":"high"}         | A//
            {"severity":"critical","fixable":true}      | nothing
            {"verdict_change":true,"decisions":["FAIL"]}| AB/C/D
            {"causes":["KEV_ADDED"]}                    | nothing
            {"causes":["KEV_ADDED","ADVISORY_ADDED"]}   | AB/C/D
            {"repositories":["r.test/*"]}               | AB/C/D
            {"repositories":["s.test/*","r.test/b"]}    | nothing
            """)
    void narrowsFindings(String filter, String expected) {
        var item = item(EventKind.VULN_UPDATE, "r.test/a:1", Set.of(Cause.ADVISORY_ADDED), FINDINGS);
        var read = FilterReader.read(Scene.json(filter));
        assertThat(read.narrow(item).map(FilterTest::wanted).orElse("nothing")).isEqualTo(expected);
        assertThat(FilterReader.read(read.json())).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                   | PASS | PASS | true
            {"verdict_change":true}              | PASS | PASS | false
            {"verdict_change":true}              | PASS | FAIL | true
            {"verdict_change":true}              | FAIL | PASS | true
            {"verdict_change":true}              |      | PASS | false
            {"verdict_change":true}              |      | FAIL | true
            {"decisions":["FAIL","UNKNOWN"]}     | PASS | FAIL | true
            {"decisions":["FAIL","UNKNOWN"]}     | FAIL | PASS | false
            {"decisions":["DATA_MISSING"]}       | pass | data_missing | true
            {"verdict_change":true}              |      | pass | false
            {"verdict_change":true}              | fail | fail | false
            {"severity":"critical"}              | FAIL | PASS | true
            {"causes":["KEV_ADDED"]}             | FAIL | PASS | false
            """)
    void choosesVerdicts(String filter, String before, String after, boolean expected) {
        var first = before == null ? "" : "\"before\":{\"decision\":\"" + before + "\"},";
        var item = item(
                EventKind.POLICY_EVAL,
                "r.test/a:1",
                Set.of(Cause.GRACE_ENDED),
                "{" + first + "\"after\":{\"decision\":\"" + after + "\"}}");
        assertThat(FilterReader.read(Scene.json(filter)).narrow(item).isPresent())
                .isEqualTo(expected);
    }

    @Test
    void whatHasNoCausesIsNotChosenByThem() {
        var filter = FilterReader.read(Scene.json("{\"causes\":[\"KEV_ADDED\"],\"severity\":\"high\"}"));
        assertThat(filter.narrow(item(EventKind.TAG_UPDATE, "r.test/a:1", Set.of(), "{}")))
                .isPresent();
        assertThat(filter.narrow(item(EventKind.ANALYSIS_UPDATE, "r.test/a:1", Set.of(), "{}")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            r.test/*,               r.test/a:1,          true
            r.test/*,               r.test/team/a:1,     false
            r.test/**,              r.test/team/a:1,     true
            **/a,                   r.test/team/a:1,     true
            r.test/a,               r.test/a:1,          true
            r.test/a,               r.test/ab:1,         false
            r.test/a:1.*,           r.test/a:1.2,        true
            r.test/a:1.*,           r.test/a:2.0,        false
            r.test:5000/*,          r.test:5000/a:1,     true
            r.test:5000/*,          r.test:5000/a,       true
            r.test/?,               r.test/a:1,          true
            r.test/?,               r.test/ab:1,         false
            **,                     r.test/team/a:1,     true
            *.test/a,               r.test/a:1,          true
            r.test/a.c,             r.test/abc:1,        false
            r.test/a*b*c,           r.test/aXbXbXc:1,    true
            r.test/a*b*c,           r.test/aXbXbX:1,     false
            """)
    void patternsOfNames(String pattern, String name, boolean expected) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void aPatternOfManyStarsCostsLittle() {
        assertThat(new NamePattern("*a".repeat(250) + "b").matches("a".repeat(500)))
                .isFalse();
    }
}
