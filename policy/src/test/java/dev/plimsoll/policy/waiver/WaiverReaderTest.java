package dev.plimsoll.policy.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.policy.bundle.BundleProblem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WaiverReaderTest {

    private static final String WHOLE = """
            version: 1
            description: of the shop
            waivers:
              - id: curl-no-socks   # why it is here
                scope:
                  ids: [ CVE-2023-38545, "CVE-2023-38546+*" ]
                  packages: [ "pkg:deb/debian/curl", "libcurl4@7.88.*" ]
                  images: [ "registry.example/shop/*" ]
                  paths: [ /var/lib/dpkg/** ]
                  layers: [ "sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" ]
                  gates: [ vulnerabilities/package, FILES ]
                reason: not-affected
                justification: vulnerable_code_not_in_execute_path
                text: No proxy is configured.
                owner: shop@example.org
                approver: security@example.org
                ticket: 4711
                from: 2026-01-01
                until: 2026-12-31T18:00:00+02:00
                effect: downgrade
            """;

    private static WaiverReading read(String text) {
        return WaiverReader.read("w.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsEveryMember() {
        var reading = read(WHOLE);

        assertThat(reading.problems()).isEmpty();
        var waiver = reading.waivers().getFirst();
        assertThat(waiver.id()).isEqualTo("curl-no-socks");
        assertThat(waiver.scope().ids()).hasToString("[CVE-2023-38545, CVE-2023-38546+*]");
        assertThat(waiver.scope().packages()).hasToString("[pkg:deb/debian/curl, libcurl4@7.88.*]");
        assertThat(waiver.scope().images()).hasToString("[registry.example/shop/*]");
        assertThat(waiver.scope().paths()).extracting(glob -> glob.text()).containsExactly("var/lib/dpkg/**");
        assertThat(waiver.scope().layers()).hasToString("[sha256:" + "c".repeat(64) + "]");
        assertThat(waiver.scope().gates()).hasToString("[vulnerabilities/package, files]");
        assertThat(waiver.reason()).isEqualTo(Reason.NOT_AFFECTED);
        assertThat(waiver.justification()).contains(Justification.VULNERABLE_CODE_NOT_IN_EXECUTE_PATH);
        assertThat(List.of(waiver.text(), waiver.owner(), waiver.approver(), waiver.ticket(), waiver.file()))
                .containsExactly(
                        "No proxy is configured.", "shop@example.org", "security@example.org", "4711", "w.yaml");
        assertThat(waiver.from()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(waiver.until()).contains(Instant.parse("2026-12-31T16:00:00Z"));
        assertThat(waiver.effect()).isEqualTo(new Effect.Downgrade());
    }

    @Test
    void readsTheSameAsJson() {
        var json = """
                {"waivers": [{"id": "a", "scope": {"ids": ["CVE-1"]}, "reason": "fix-scheduled", "text": "t", "owner": "o",
                  "until": "2026-12-31", "effect": "extend", "deadline": "2026-11-30"}]}
                """;

        var reading = WaiverReader.read("w.json", json.getBytes(StandardCharsets.UTF_8));

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.waivers().getFirst().effect())
                .isEqualTo(new Effect.Extend(Instant.parse("2026-11-30T00:00:00Z")));
        assertThat(reading.digest()).isEqualTo(read(json).digest()).isPresent();
    }

    @Test
    void digestsWhatItMeans() {
        var digest = read(WHOLE).digest();

        assertThat(read(WHOLE + "# a remark\n").digest()).isEqualTo(digest);
        assertThat(read(WHOLE.replace("4711", "4712")).digest()).isNotEqualTo(digest);
    }

    /// One change of the whole waiver, and what is said of it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id: curl-no-socks           |                              | /waivers/0: the member 'id' is missing",
                "ids: [ CVE-2023-38545,      | id: [ CVE-2023-38545,        | /waivers/0/scope/id: 'id' has no meaning here: allowed are gates, ids, images, layers, packages, paths; did you mean 'ids'?",
                "ids: [ CVE-2023-38545,      | ids: [ cve-2023-38545,       | /waivers/0/scope/ids/0: ids differ by case: write 'CVE-2023-38545'",
                "ids: [ CVE-2023-38545,      | ids: [ 'regexp:CVE',         | /waivers/0/scope/ids/0: is a regular expression",
                "ids: [ CVE-2023-38545,      | ids: [ '',                   | /waivers/0/scope/ids/0: an entry must have 1 to 4096 characters",
                "ids: [ CVE-2023-38545,      | ids: [ 4,                    | /waivers/0/scope/ids/0: must be a string and is a number: write \"4\", in quotes",
                "pkg:deb/debian/curl         | pkg:deb                      | /waivers/0/scope/packages/0: 'pkg:deb' is no package: write a package URL",
                "libcurl4@7.88.*             | libcurl4@                    | /waivers/0/scope/packages/1: 'libcurl4@' is no package",
                "registry.example/shop/*     | web@sha256:123               | /waivers/0/scope/images/0: 'web@sha256:123' is no image: write registry.example",
                "/var/lib/dpkg/**            | '/var/{a'                    | /waivers/0/scope/paths/0: '/var/{a' is no pattern of paths",
                "sha256:cccc                 | sha1:cccc                    | /waivers/0/scope/layers/0: 'sha1:cccc",
                "vulnerabilities/package     | vulnerability/package        | /waivers/0/scope/gates/0: unknown gate 'vulnerability': allowed are",
                "vulnerabilities/package     | vulnerabilities/pakage       | did you mean 'package'?",
                "vulnerabilities/package     | anchoresec                   | its successor is 'vulnerabilities'",
                "reason: not-affected        | reason: not_affected         | /waivers/0/reason: unknown reason 'not_affected': allowed are accepted-risk, false-positive, not-affected, mitigated, fix-scheduled, vendor-disputes, vendor-will-not-fix; did you mean 'not-affected'?",
                "reason: not-affected        | reason: accepted-risk        | /waivers/0/justification: a justification says that the image is not affected, which the reason accepted-risk does not",
                "_not_in_execute_path        | _unreachable                 | unknown justification 'vulnerable_code_unreachable': allowed are component_not_present",
                "justification: vulnerable_code_not_in_execute_path |       | /waivers/0: the reason not-affected needs a 'justification'",
                "from: 2026-01-01            | from: 2026-1-1               | /waivers/0/from: '2026-1-1' is no time: write a day, 2026-12-31",
                "from: 2026-01-01            | from: 2027-01-01             | /waivers/0/until: ends before it begins",
                "effect: downgrade           | effect: supress              | /waivers/0/effect: unknown effect 'supress': allowed are suppress, downgrade, extend; did you mean 'suppress'?",
                "effect: downgrade           | effect: extend               | /waivers/0: the effect extend needs a 'deadline'",
                "effect: downgrade           | deadline: 2026-02-03         | /waivers/0/deadline: a deadline belongs to the effect extend, and the effect is suppress",
                "owner: shop@example.org     | ownr: shop@example.org       | /waivers/0/ownr: 'ownr' has no meaning here: allowed are",
                "version: 1                  | version: 2                   | /version: unknown version '2': allowed is 1",
                "description: of the shop    | desc: of the shop            | /desc: 'desc' has no meaning here",
                "text: No proxy              | text: a\\n    text: No proxy | not YAML at line 15, column 5: found duplicate key text",
                "waivers:                    | waivers: [                   | not YAML",
            })
    void saysWhatIsWrongAndWhere(String there, String instead, String expected) {
        assertThat(WHOLE).contains(there.strip());
        var changed = WHOLE.replace(
                        there.strip(), instead == null ? "" : instead.strip().replace("\\n", "\n"))
                .replace("  - \n", "  -\n")
                .replace("  -    # why", "  -    # why");

        var reading = read(changed);

        assertThat(reading.errors()).extracting(BundleProblem::toString).anyMatch(said -> said.contains(expected));
        assertThatThrownBy(() -> Waivers.of(List.of(reading))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAScopeWithoutConditions() {
        assertThat(read("waivers: [ { id: a, scope: {}, reason: accepted-risk } ]")
                        .errors())
                .extracting(BundleProblem::toString)
                .containsExactly("/waivers/0/scope: a scope without conditions would silence everything: name at least"
                        + " one of ids, packages, images, paths, layers, gates");
        assertThat(read("waivers: [ { id: a, scope: { ids: [] }, reason: accepted-risk } ]")
                        .errors())
                .extracting(BundleProblem::toString)
                .containsExactly(
                        "/waivers/0/scope/ids: 'ids' is empty, so it covers nothing: name something or leave it out");
    }

    @Test
    void warnsOfWhatNobodyLooksAfter() {
        var reading = read("waivers: [ { id: a, scope: { ids: [ CVE-1 ] }, reason: accepted-risk } ]");

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.waivers()).hasSize(1);
        assertThat(reading.warnings())
                .extracting(BundleProblem::toString)
                .containsExactly(
                        "/waivers/0/text: has no 'text', so nobody will know why",
                        "/waivers/0/owner: has no 'owner', so nobody will look after it",
                        "/waivers/0/until: has no 'until', so it never ends: write the day on which it is looked at"
                                + " again");
    }

    @Test
    void namesSomeOfManyThatNobodyLooksAfter() {
        var many = new StringBuilder("waivers:\n");
        for (int i = 0; i < 5000; i++) {
            many.append("- { id: w")
                    .append(i)
                    .append(", scope: { ids: [ CVE-1 ] }, reason: mitigated, owner: o, text: t }\n");
        }
        var reading = read(many.toString());

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).hasSize(WaiverReader.LACKING_NAMED + 1);
        assertThat(reading.warnings().getLast()).hasToString("/waivers: 4980 more have no 'until'");
    }

    @Test
    void refusesASecondWaiverOfOneId() {
        var two = "waivers: [ { id: a, scope: { ids: [ CVE-1 ] }, reason: accepted-risk },"
                + " { id: a, scope: { ids: [ CVE-2 ] }, reason: accepted-risk } ]";

        assertThat(read(two).errors())
                .extracting(BundleProblem::toString)
                .containsExactly("/waivers/1/id: the id 'a' stands at /waivers/0 too");
    }

    @Test
    void namesIdsThatStandInTwoFiles() {
        var one = "waivers: [ { id: a, scope: { ids: [ CVE-1 ] }, reason: accepted-risk } ]";
        var readings = List.of(
                WaiverReader.read("x.yaml", one.getBytes(StandardCharsets.UTF_8)),
                WaiverReader.read("y.yaml", one.getBytes(StandardCharsets.UTF_8)));

        assertThat(Waivers.secondIds(readings))
                .containsExactly("y.yaml: the waiver 'a' stands in x.yaml too: give one of them another id");
    }

    @Test
    void refusesWhatIsNoListOfWaivers() {
        assertThat(read("[]").errors())
                .extracting(BundleProblem::message)
                .containsExactly("is no file of waivers: it must hold the member 'waivers', a list");
        assertThat(read("version: 1").errors())
                .extracting(BundleProblem::message)
                .containsExactly("the member 'waivers' is missing");
        assertThat(read("waivers: []").problems()).isEmpty();
    }

    @Test
    void hasAWaiverForEachSideOfItsLimits() {
        assertThat(read("waivers: [ { id: a, reason: accepted-risk, scope: { ids: [" + "\""
                                + "x".repeat(ScopeReader.MAX_ENTRY) + "\"] } } ]")
                        .errors())
                .isEmpty();
        assertThat(read("waivers: [ { id: a, reason: accepted-risk, scope: { ids: [" + "\""
                                + "x".repeat(ScopeReader.MAX_ENTRY + 1) + "\"] } } ]")
                        .errors())
                .hasSize(1);
        var most = "waivers: [ { id: a, reason: accepted-risk, scope: { ids: [" + "x,".repeat(ScopeReader.MAX_ENTRIES);
        assertThat(read(most + "] } } ]").errors()).isEmpty();
        assertThat(read(most + "x] } } ]").errors())
                .extracting(BundleProblem::message)
                .containsExactly("'ids' has over 1000 entries: make several waivers");
        assertThat(WaiverReader.read("w.yaml", new byte[WaiverReader.MAX_LENGTH + 1])
                        .errors())
                .extracting(BundleProblem::message)
                .containsExactly("is over 8388608 bytes");
        var one =
                "{\"id\":\"%d\",\"scope\":{\"ids\":[\"x\"]},\"reason\":\"mitigated\",\"text\":\"t\",\"owner\":\"o\",\"until\":\"2026-12-31\"}";
        var many = new StringBuilder("{\"waivers\":[");
        for (int i = 0; i < WaiverReader.MAX_WAIVERS; i++) {
            many.append(i == 0 ? "" : ",").append(one.formatted(i));
        }
        assertThat(WaiverReader.read("w.json", (many + "]}").getBytes(StandardCharsets.UTF_8))
                        .waivers())
                .hasSize(WaiverReader.MAX_WAIVERS);
        assertThat(WaiverReader.read("w.json", (many + "," + one.formatted(-1) + "]}").getBytes(StandardCharsets.UTF_8))
                        .errors())
                .extracting(BundleProblem::message)
                .containsExactly("there are over 20000 waivers: put some into another file");
    }

    @Test
    void knowsWhetherItIsValid() {
        var waiver = read(WHOLE).waivers().getFirst();

        assertThat(List.of(
                        "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-12-31T15:59:59Z", "2026-12-31T16:00:00Z"))
                .extracting(at -> waiver.validityAt(Instant.parse(at)))
                .containsExactly(
                        Waiver.Validity.PENDING, Waiver.Validity.VALID, Waiver.Validity.VALID, Waiver.Validity.EXPIRED);
        assertThat(Waivers.of(List.of(read(WHOLE))).named("curl-no-socks")).isPresent();
        assertThat(Waivers.of(List.of(read(WHOLE))).named("curl")).isEmpty();
    }
}
