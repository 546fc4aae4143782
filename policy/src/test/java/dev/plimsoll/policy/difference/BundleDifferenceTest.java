package dev.plimsoll.policy.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.bundle.BundleSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which way a change goes, told by what both rules answer.
final class BundleDifferenceTest {

    private static BundleSource bundle(String rules, String more) {
        var text = """
                id: b
                name: b
                version: 2
                rule_sets: [{ id: set, name: set, version: 2, rules: [%s] }, { id: more, name: more, version: 2, rules: [] }]
                %s
                """.formatted(rules, more.contains("mappings:") ? more : more + "\n" + MAPPINGS);
        return source(text);
    }

    private static BundleSource source(String text) {
        var reading = BundleSource.read("b.yaml", text.getBytes(StandardCharsets.UTF_8), false);
        return reading.source()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    private static final String MAPPINGS =
            "mappings: [{ id: m, name: m, registry: '*', repository: '*', image: { type: tag, value: '*' }, rule_set_ids: [set] }]";

    private static String rule(String id, String action, String gate, String trigger, String parameters) {
        var given = new StringBuilder();
        if (!parameters.isEmpty()) {
            for (var parameter : parameters.strip().split(";", -1)) {
                int equals = parameter.indexOf('=');
                given.append("{ name: ")
                        .append(parameter, 0, equals)
                        .append(", value: '")
                        .append(parameter.substring(equals + 1))
                        .append("' },");
            }
        }
        return "{ id: " + id + ", gate: " + gate + ", trigger: " + trigger + ", action: " + action + ", params: ["
                + given + "] }";
    }

    private static List<Change> changes(String before, String after) {
        return BundleDifference.of(bundle(before, ""), bundle(after, ""), List.of())
                .changes();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            vulnerabilities | package | package_type=all;severity_comparison=>=;severity=medium | package_type=all;severity_comparison=>=;severity=medium;fix_available=false | LOOSENED | a critical vulnerability with a fix in a package of type deb: STOP, nothing
            vulnerabilities | package | package_type=all;severity_comparison=>=;severity=high   | package_type=all;severity_comparison=>=;severity=medium   | TIGHTENED | a medium vulnerability with a fix in a package of type deb: nothing, STOP
            vulnerabilities | package | package_type=all;severity_comparison=>=;severity=high   | package_type=all;severity_comparison=<=;severity=high   | MOVED | a medium vulnerability with a fix in a package of type deb: nothing, STOP
            vulnerabilities | package | package_type=all;severity_comparison=>=;severity=high;fix_available=true;max_days_since_fix=30 | package_type=all;severity_comparison=>=;severity=high;fix_available=true;max_days_since_fix=10 | TIGHTENED | days ago
            vulnerabilities | package | package_type=all;epss_score_comparison=>=;epss_score=0.5 | package_type=all;epss_score_comparison=>=;epss_score=0.6 | LOOSENED | with an EPSS of 0.5: STOP, nothing
            dockerfile | exposed_ports | ports=22;type=denylist | ports=2222;type=denylist | MOVED | the port 22/tcp
            dockerfile | effective_user | users=root;type=denylist | users=root,app;type=denylist | TIGHTENED | containers that run as app: nothing, STOP
            packages | denylist | name=telnet | name=ftp | MOVED | the package
            files | name_match | regex=^/srv/.*\\.pem$ | regex=^/srv/.*\\.key$ | MOVED | the file /srv/x.key with mode 0644: nothing, STOP
            passwd_file | denylist_usernames | user_names=ftp,www | user_names=ftp | LOOSENED | the account www: STOP, nothing
            licenses | denylist_exact_match | licenses=GPL-3.0-only | licenses=GPL-3.0-only,AGPL-3.0-only | TIGHTENED | a package licensed AGPL-3.0-only: nothing, STOP
            image_config | age | max_days=30 | max_days=60 | LOOSENED | days ago: STOP, nothing
            layers | max_count | max_layers=10 | max_layers=20 | LOOSENED | 11 layers: STOP, nothing
            malware | engine_age | max_days=7 | max_days=3 | TIGHTENED | signatures that are
            """)
    void isToldByAnExample(
            String gate, String trigger, String before, String after, Direction direction, String example) {
        var change = changes(rule("r", "STOP", gate, trigger, before), rule("r", "STOP", gate, trigger, after));

        assertThat(change).singleElement().satisfies(only -> {
            assertThat(only.direction()).isEqualTo(direction);
            assertThat(only.examples())
                    .extracting(found -> found.words().replace("the port 22:", "the port 22/tcp:") + ": "
                            + found.before() + ", " + found.after())
                    .anySatisfy(words -> assertThat(words.replace("the port 22:", "the port 22/tcp:"))
                            .contains(example));
        });
    }

    @Test
    void anActionIsTighterOrLooser() {
        var warn = rule("r", "WARN", "files", "suid_or_guid_set", "");
        var stop = rule("r", "STOP", "files", "suid_or_guid_set", "");

        assertThat(changes(warn, stop).getFirst().direction()).isEqualTo(Direction.TIGHTENED);
        assertThat(changes(stop, warn).getFirst().direction()).isEqualTo(Direction.LOOSENED);
        assertThat(changes(stop, stop)).isEmpty();
    }

    @Test
    void aRuleThatComesOrGoes() {
        var rule = rule("r", "STOP", "files", "suid_or_guid_set", "");

        assertThat(changes("", rule)).singleElement().satisfies(change -> {
            assertThat(change.what()).containsExactly("added");
            assertThat(change.direction()).isEqualTo(Direction.TIGHTENED);
        });
        assertThat(changes(rule, "")).singleElement().satisfies(change -> {
            assertThat(change.what()).containsExactly("removed");
            assertThat(change.direction()).isEqualTo(Direction.LOOSENED);
        });
    }

    @Test
    void aRuleWithANewIdIsTheSameRule() {
        assertThat(changes(
                        rule("old", "STOP", "packages", "denylist", "name=curl"),
                        rule("new", "STOP", "packages", "denylist", "name=curl")))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.what()).containsExactly("id: old → new");
                    assertThat(change.direction()).isEqualTo(Direction.NOT_SEEN);
                });
    }

    @Test
    void aRuleThatMovesToAnotherRuleSetUnderAnotherIdIsTheSameRule() {
        var rule = rule("old", "STOP", "packages", "denylist", "name=curl");
        var sets =
                "rule_sets: [{ id: set, name: set, version: 2, rules: [%s] }, { id: more, name: more, version: 2, rules: [%s] }]";
        var before = source("id: b\nname: b\nversion: 2\n" + sets.formatted(rule, "") + "\n" + MAPPINGS);
        var after = source(
                "id: b\nname: b\nversion: 2\n" + sets.formatted("", rule.replace("old", "new")) + "\n" + MAPPINGS);

        assertThat(BundleDifference.of(before, after, List.of()).changes())
                .singleElement()
                .satisfies(
                        change -> assertThat(change.what()).containsExactly("rule set: set → more", "id: old → new"));
    }

    @Test
    void anExtensionOfTheBundleChangesItsRules() {
        var rule = rule("r", "STOP", "files", "suid_or_guid_set", "");

        var change = BundleDifference.of(bundle(rule, ""), bundle(rule, "plimsoll: { unknown_action: GO }"), List.of())
                .changes();

        assertThat(change).singleElement().satisfies(only -> {
            assertThat(only.direction()).isEqualTo(Direction.LOOSENED);
            assertThat(only.what()).containsExactly("by the bundle's extensions");
            assertThat(only.examples().getFirst().before()).isEqualTo("cannot be judged (STOP)");
        });
    }

    @Test
    void tellsOfAllowlistsMappingsAndListsOfImages() {
        var rule = rule("r", "STOP", "files", "suid_or_guid_set", "");
        var before = """
                allowlists: [{ id: l, name: l, version: 2, items: [
                  { id: a, gate: files, trigger_id: gone },
                  { id: b, gate: files, trigger_id: shorter, expires_on: "2030-01-01T00:00:00Z" } ] }]
                mappings: [{ id: m, name: m, registry: '*', repository: '*', image: { type: tag, value: '*' }, rule_set_ids: [set], allowlist_ids: [l] }]
                """;
        var after = """
                allowlists: [{ id: l, name: l, version: 2, items: [
                  { id: b, gate: files, trigger_id: shorter, expires_on: "2029-01-01T00:00:00Z" },
                  { id: c, gate: files, trigger_id: new } ] }]
                denylisted_images: [{ id: d, name: d, registry: r, repository: x, image: { type: tag, value: '*' } }]
                mappings: [{ id: m, name: m, registry: '*', repository: '*', image: { type: tag, value: '*' }, rule_set_ids: [set, more], allowlist_ids: [l] }]
                """;

        assertThat(BundleDifference.of(bundle(rule, before), bundle(rule, after), List.of())
                        .changes())
                .extracting(
                        change -> change.part() + " " + change.name() + " " + change.direction() + " " + change.what())
                .containsExactly(
                        "allowlist l: files gone TIGHTENED [removed]",
                        "allowlist l: files shorter TIGHTENED [expires_on: 2030-01-01T00:00:00Z → 2029-01-01T00:00:00Z]",
                        "allowlist l: files new LOOSENED [added, without an end]",
                        "mapping m TIGHTENED [rule set more added]",
                        "denied images r/x:* TIGHTENED [added]");
    }
}
