package dev.plimsoll.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Small facts make the image that they speak of: every kind is held against a rule that asks for it.
final class SmallFactsTest {

    private static Verdict judge(String rule, String facts) {
        var suite = Tested.suite(
                "tests: [{ name: n, facts: " + facts + ", expect: { decision: pass } }]", Tested.bundle("b", rule));
        return suite.run().getFirst().verdict();
    }

    private static String rule(String gate, String trigger, String parameters) {
        return Tested.rule(
                "r",
                "STOP",
                gate,
                trigger,
                parameters == null || parameters.isBlank()
                        ? new String[0]
                        : List.of(parameters.strip().split(";", -1)).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            files        | files            | suid_or_guid_set   |                                   | { files: [{ path: /bin/su, mode: "4755" }] }
            files        | files            | attribute_match    | filename=/a;checksum=DIGEST;checksum_match=equals | { files: [{ path: /a, sha256: DIGEST }] }
            secrets      | secret_scans     | content_regex_checks |                                 | { secrets: [{ rule: jwt, path: /a }] }
            malware      | malware          | scans              |                                   | { malware: { findings: [{ path: /a, signature: Eicar }] } }
            accounts     | passwd_file      | denylist_usernames | user_names=ftp                    | { accounts: [{ name: ftp }] }
            deleted      | layers           | deleted_file       |                                   | { deleted: [{ path: /a, layer: 1 }] }
            verification | packages         | verify             |                                   | { verification: [{ path: /a, package: "pkg:deb/debian/a@1" }], packages: [{ purl: "pkg:deb/debian/a@1", owned_files: [/a] }] }
            lifecycle    | eol              | distribution       |                                   | { distribution: "debian:9", end_of_life: 2025-01-01 }
            configuration | dockerfile      | effective_user     | users=root;type=denylist          | { user: root }
            configuration | dockerfile      | exposed_ports      | ports=22;type=denylist            | { ports: [22] }
            """)
    void isQuietWhereNothingIsGivenAndOpenWhereItIsUnknown(
            String fact, String gate, String trigger, String parameters, String facts) {
        var digest = "0a".repeat(32);
        var asked = rule(gate, trigger, parameters == null ? "" : parameters.replace("DIGEST", digest));

        assertThat(judge(asked, facts.replace("DIGEST", digest)).decision())
                .as("given")
                .isEqualTo(Decision.FAIL);
        assertThat(judge(asked, gate.equals("dockerfile") ? "{ user: app }" : "{ distribution: \"debian:12\" }")
                        .decision())
                .as("not given")
                .isEqualTo(Decision.PASS);
        assertThat(judge(asked, facts.replace("DIGEST", digest).replaceFirst("\\{", "{ unknown: [" + fact + "],"))
                        .decision())
                .as("unknown")
                .isEqualTo(fact.equals("lifecycle") ? Decision.DATA_MISSING : Decision.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            severity_comparison=>=;severity=high         | severity: high                     | severity: medium
            fix_available=true                           | fixed_in: 2                        | severity: high
            known_exploited_vulnerability=true           | kev: true                          | kev: false
            epss_score_comparison=>=;epss_score=0.5      | epss: 0.5                          | epss: 0.4
            epss_percentile_comparison=>=;epss_percentile=0.9 | epss: { score: 0.1, percentile: 0.9 } | epss: { score: 0.9, percentile: 0.1 }
            cvss_v3_base_score_comparison=>=;cvss_v3_base_score=7 | cvss: 7                   | cvss: 6.9
            max_days_since_creation=30                   | first_seen: 2025-11-01             | first_seen: 2025-12-31
            """)
    void tellOfVulnerabilities(String parameters, String fires, String isQuiet) {
        var asked = rule("vulnerabilities", "package", "package_type=all;vendor_only=false;" + parameters);
        var facts =
                "{ findings: [{ id: CVE-1, package: \"pkg:deb/debian/curl@1\", %s }], distribution: \"debian:12\" }";

        assertThat(judge(asked, facts.formatted(fires)).results()).hasSize(1);
        assertThat(judge(asked, facts.formatted(isQuiet)).results()).isEmpty();
    }

    @Test
    void withoutAdvisoriesThereIsNoVerdictOfPackages() {
        var asked = rule("vulnerabilities", "package", "package_type=all");

        assertThat(judge(asked, "{ packages: [{ purl: \"pkg:npm/a@1\" }] }").decision())
                .isEqualTo(Decision.PASS);
        assertThat(judge(asked, "{ packages: [{ purl: \"pkg:npm/a@1\" }], unknown: [advisories] }")
                        .decision())
                .isEqualTo(Decision.DATA_MISSING);
    }

    @Test
    void dataIsOfTheTestsInstantWhereNothingElseIsSaid() {
        var asked = rule("vulnerabilities", "stale_feed_data", "max_days_since_sync=2");

        assertThat(judge(asked, "{}").decision()).isEqualTo(Decision.PASS);
        assertThat(judge(asked, "{ data_built_at: 2025-12-01 }").decision()).isEqualTo(Decision.FAIL);
    }

    @Test
    void packagesBearTheNamesThatTheirPeopleUse() {
        var facts = (SmallFacts) Tested.file("""
                tests:
                  - name: n
                    facts:
                      packages:
                        - { purl: "pkg:maven/org.example/lib@1", licenses: [MIT], path: /app/lib.jar, layer: 2 }
                        - { purl: "pkg:npm/%40babel/core@7" }
                    expect: { decision: pass }
                """).tests().getFirst().facts();

        assertThat(facts.packages()).extracting(item -> item.name()).containsExactly("org.example:lib", "@babel/core");
        assertThat(facts.packages().getFirst().locations().getFirst().path()).isEqualTo("app/lib.jar");
        assertThat(facts.packages().getFirst().layer()).hasValue(1);
    }
}
