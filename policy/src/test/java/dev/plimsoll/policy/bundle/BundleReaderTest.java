package dev.plimsoll.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.gate.Gates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleReaderTest {

    private static final String GATES =
            Gates.all().stream().map(gate -> gate.name()).collect(Collectors.joining(", "));

    private static final String ENGINE = """
            {"id":"b","name":"B","version":"1_0","comment":"c",
             "policies":[{"id":"p","version":"1_0","rules":[
               {"gate":"dockerfile","trigger":"exposed_ports","action":"STOP","params":[
                 {"name":"ports","value":"22"},{"name":"type","value":"blacklist"}]},
               {"gate":"packages","trigger":"blacklist","action":"WARN","params":[{"name":"name","value":"x"}]},
               {"gate":"always","trigger":"always","action":"GO"}]}],
             "whitelists":[{"id":"w","version":"1_0","items":[{"gate":"always","trigger_id":"always"}]}],
             "mappings":[{"name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
               "policy_id":"p","whitelist_ids":["w"]}],
             "whitelisted_images":[{"name":"a","registry":"*","repository":"a","image":{"type":"tag","value":"*"}}],
             "blacklisted_images":[]}
            """;

    private static final String VERSIONS = "allowed are \"1_0\" (Anchore Engine) and \"2\" (Anchore Enterprise)";

    private static BundleReading read(String json) {
        return BundleReader.read("test.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String json) {
        return read(json).problems().stream()
                .map(problem -> problem.severity() + " " + problem)
                .toList();
    }

    private static List<String> ofRule(String json) {
        return BundleText.of().ruleJson(json).reading(false).problems().stream()
                .map(problem -> problem.toString().replace("/rule_sets/0/rules/0", "~"))
                .toList();
    }

    @Test
    void readsTheOlderFormatIntoTheSameModel() {
        var bundle = read(ENGINE).bundle().orElseThrow();

        assertThat(read(ENGINE).problems()).isEmpty();
        assertThat(bundle.formatVersion()).isEqualTo("1_0");
        assertThat(bundle.description()).isEqualTo("c");
        assertThat(bundle.ruleSets().getFirst().rules())
                .extracting(rule -> rule.id() + " " + rule.trigger().name())
                .containsExactly(
                        "policies/0/rules/0 exposed_ports", "policies/0/rules/1 denylist", "policies/0/rules/2 always");
        assertThat(bundle.mappings().getFirst().ruleSetIds()).containsExactly("p");
        assertThat(bundle.mappings().getFirst().allowlistIds()).containsExactly("w");
        assertThat(bundle.mappings().getFirst().images().id()).isEqualTo("m");
        assertThat(bundle.allowlistedImages()).hasSize(1);
        assertThat(bundle.allowlists().getFirst().items().getFirst().id()).isEqualTo("whitelists/0/items/0");
    }

    @Test
    void theDigestIgnoresSpaceAndOrder() {
        var digest = read(ENGINE).bundle().orElseThrow().digest();

        assertThat(digest).startsWith("sha256:").hasSize(71);
        var moved = ENGINE.replace("{\"id\":\"b\",\"name\":\"B\",", "{ \"name\" : \"B\", \"id\":\"b\",");
        assertThat(read(moved).bundle().orElseThrow().digest()).isEqualTo(digest);
        assertThat(read(ENGINE.replace("STOP", "WARN")).bundle().orElseThrow().digest())
                .isNotEqualTo(digest);
    }

    @Test
    void findsEverythingAtOnceAlsoWhatNoMappingNames() {
        var json = ENGINE.replace("\"gate\":\"packages\"", "\"gate\":\"pakcages\"")
                .replace("\"policy_id\":\"p\"", "\"policy_id\":\"q\"")
                .replace(
                        "\"whitelists\":[",
                        "\"whitelists\":[{\"id\":\"unused\",\"version\":\"1_0\",\"items\":[{\"gate\":\"always\","
                                + "\"trigger_id\":\"x\",\"expires_on\":\"soon\"}]},");

        assertThat(problems(json))
                .containsExactly(
                        "ERROR /policies/0/rules/1/gate: unknown gate 'pakcages': allowed are " + GATES
                                + "; did you mean 'packages'?",
                        "ERROR /whitelists/0/items/0/expires_on: 'soon' is no time: write it like 2026-12-31T00:00:00Z, or leave"
                                + " it out for no end",
                        "ERROR /mappings/0/policy_id: there is no rule set 'q'");
        assertThat(read(json).bundle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anchoresec, : its successor is 'vulnerabilities'",
        "pkgcheck, : its successor is 'packages'",
        "pkgblacklist, : its successor is 'packages'",
        "dockerfilecheck, : its successor is 'dockerfile'",
        "filecheck, : its successor is 'files'",
        "fileparse_passwd, : its successor is 'passwd_file'",
        "gemcheck, : its successor is 'ruby_gems'",
        "metadatacheck, : its successor is 'metadata'",
        "licblacklist, : its successor is 'licenses'",
        "npmcheck, : its successor is 'npms'",
        "secretcheck, : its successor is 'secret_scans'",
        "suiddiff, ' and has no successor: remove the rule'",
        "imagecheck, ' and has no successor: remove the rule'",
        "pkgdiff, ' and has no successor: remove the rule'",
    })
    void namesTheSuccessorOfAGateThatEnded(String gate, String end) {
        assertThat(ofRule(BundleText.ruleText("r", "STOP", gate, "x")))
                .containsExactly("~/gate: the gate '" + gate + "' was ended by Anchore long ago" + end);
    }

    @Test
    void namesUnknownTriggersActionsAndParameters() {
        assertThat(ofRule(BundleText.ruleText("r", "STOPP", "packages", "deny_list", "name=x")))
                .containsExactly(
                        "~/action: unknown action 'STOPP': allowed are STOP, WARN, GO; did you mean 'STOP'?",
                        "~/trigger: unknown trigger 'deny_list' of the gate 'packages': allowed are denylist, metadata,"
                                + " required_package, verify; did you mean 'denylist'?");
        assertThat(ofRule(BundleText.ruleText("r", "STOP", "packages", "denylist", "nmae=x", "version=1")))
                .containsExactly(
                        "~/params/0/name: unknown parameter 'nmae' of the trigger 'denylist': allowed are name, version; did you mean"
                                + " 'name'?",
                        "~/params: the parameter 'name' is missing: Name of the package that must not be there. It must be a"
                                + " string.");
        assertThat(ofRule(BundleText.ruleText("r", "STOP", "always", "always", "x=1")))
                .containsExactly("~/params/0/name: unknown parameter 'x' of the trigger 'always': it has none");
        assertThat(ofRule(BundleText.ruleText("r", "STOP", "packages", "denylist", "name=x", "NAME=y")))
                .containsExactly("~/params/1/name: the parameter 'name' is given twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dockerfile|exposed_ports|ports=x,type=denylist|ports|must be whole numbers",
                "dockerfile|exposed_ports|ports=1;;2,type=denylist|ports|must be whole numbers",
                "dockerfile|exposed_ports|ports=99999999999,type=denylist|ports|must be whole numbers",
                "dockerfile|exposed_ports|ports=-1,type=denylist|ports|must be whole numbers",
                "dockerfile|exposed_ports|ports=1,type=denylst|type|did you mean 'denylist'?",
                "dockerfile|exposed_ports|ports=1,type=denylist,actual_dockerfile_only=yes|actual|\"true\" or \"false\"",
                "dockerfile|effective_user|users=;a,type=denylist|users|none of them empty",
                "dockerfile|instruction|instruction=FORM,check=exists|instruction|did you mean 'FROM'?",
                "dockerfile|instruction|instruction=FROM,check=is|check|must be one of",
                "dockerfile|instruction|instruction=FROM,check=like|value|is needed for the check 'like'",
                "dockerfile|instruction|instruction=FROM,check=like,value=(|value|not closed",
                "dockerfile|instruction|instruction=FROM,check=like,value=(?=a)|value|look-ahead",
                "files|name_match|regex=[|regex|not closed",
                "files|attribute_match|filename=/x,mode=9|mode|octal digits",
                "files|attribute_match|filename=/x,checksum=ab|checksum|64 hexadecimal digits",
                "files|attribute_match|filename=/x,checksum_algorithm=md5|checksum_algorithm|must be one of sha256",
                "files|attribute_match|filename=/x,checksum_match=same|checksum_match|equals, not_equals",
                "files|attribute_match|filename=/x,mode_op=same|mode_op|equals, not_equals",
                "files|attribute_match|filename=/x,skip_missing=1|skip_missing|\"true\" or \"false\"",
                "packages|required_package|name=x,version_match_type=min|version_match_type|exact, minimum",
                "metadata|attribute|attribute=sise,check=exists|attribute|did you mean 'size'?",
                "metadata|attribute|attribute=size,check=~|check|must be one of",
                "metadata|attribute|attribute=size,check=>|value|is needed",
                "metadata|attribute|attribute=size,check=>,value=1xb|value|a number of bytes",
                "metadata|attribute|attribute=size,check=>,value=99999999tb|value|a number of bytes",
                "metadata|attribute|attribute=size,check=in,value=1;x|value|a comma list of a number of bytes",
                "metadata|attribute|attribute=layer_count,check=>,value=1kb|value|a whole number",
                "metadata|attribute|attribute=distro,check=like,value=*|value|nothing to repeat",
                "vulnerabilities|package|package_type=everything|package_type|all, os, non-os",
                "vulnerabilities|package|package_type=all,severity=hgih|severity|did you mean 'high'?",
                "vulnerabilities|package|package_type=all,severity_comparison=~|severity_comparison|must be one of",
                "vulnerabilities|package|package_type=all,fix_available=maybe|fix_available|\"true\" or \"false\"",
                "vulnerabilities|package|package_type=all,vendor_only=maybe|vendor_only|\"true\" or \"false\"",
                "vulnerabilities|package|package_type=all,cvss_v3_base_score=.|cvss_v3_base_score|a number",
                "vulnerabilities|package|package_type=all,cvss_v3_base_score=1e3|cvss_v3_base_score|a number",
                "vulnerabilities|package|package_type=all,epss_score=|epss_score|a number",
                "vulnerabilities|package|package_type=all,epss_score_comparison=x|epss_score_comparison|must be one of",
                "vulnerabilities|package|package_type=all,max_days_since_fix=-1|max_days_since_fix|a whole number",
                "vulnerabilities|package|package_type=all,package_path_exclude=a++|package_path_exclude|possessive",
                "vulnerabilities|denylist|vulnerability_ids=|vulnerability_ids|none of them empty",
                "vulnerabilities|stale_feed_data|max_days_since_sync=2.5|max_days_since_sync|a whole number",
            })
    void refusesBadValues(String gate, String trigger, String parameters, String parameter, String words) {
        var given = parameters.split(",", -1);
        for (int i = 0; i < given.length; i++) {
            given[i] = given[i].replace(';', ',');
        }
        assertThat(ofRule(BundleText.ruleText("r", "STOP", gate, trigger, given)))
                .singleElement()
                .asString()
                .startsWith("~/params")
                .contains("the parameter '" + parameter)
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 'a number: write \"5\", in quotes'",
        "true, 'a boolean: write \"true\", in quotes'",
        "[], an array",
        "{}, an object"
    })
    void asksForQuotesAroundValues(String value, String words) {
        assertThat(ofRule(
                        "{\"id\":\"r\",\"gate\":\"vulnerabilities\",\"trigger\":\"stale_feed_data\",\"action\":\"STOP\",\"params\":["
                                + "{\"name\":\"max_days_since_sync\",\"value\":" + value + "}]}"))
                .contains("~/params/0/value: 'value' must be a string and is " + words);
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(problems("{}"))
                .containsExactly(
                        "ERROR /: the member 'version' is missing: " + VERSIONS,
                        "ERROR /: the member 'id' is missing",
                        "ERROR /: the member 'rule_sets' is missing",
                        "ERROR /: the member 'mappings' is missing");
        assertThat(problems("{\"id\":\"b\",\"version\":\"2\",\"rule_sets\":[{\"rules\":[{}]}],\"mappings\":[{}],"
                        + "\"allowlists\":[{\"items\":[{}]}]}"))
                .allMatch(problem -> problem.startsWith("ERROR"))
                .contains(
                        "ERROR /rule_sets/0: the member 'id' is missing",
                        "ERROR /rule_sets/0/rules/0: the member 'gate' is missing",
                        "ERROR /rule_sets/0/rules/0: the member 'action' is missing",
                        "ERROR /allowlists/0/items/0: the member 'trigger_id' is missing",
                        "ERROR /mappings/0: the member 'rule_set_ids' is missing",
                        "ERROR /mappings/0: the member 'image' is missing");
    }

    @Test
    void refusesWrongTypesDuplicatesAndOtherFormatsWords() {
        assertThat(problems("[]")).containsExactly("ERROR /: test.json is no bundle: it must be a JSON object");
        assertThat(problems("{")).singleElement().asString().contains("test.json is no bundle: not JSON at line 1");
        assertThat(problems(ENGINE.replace("\"1_0\",\"comment\"", "\"3\",\"comment\"")))
                .containsExactly("ERROR /version: unknown version '3': " + VERSIONS);
        assertThat(problems(ENGINE.replace("\"1_0\",\"comment\"", "\"2\",\"comment\"")))
                .contains("ERROR /policies: 'policies' belongs to format 1_0; in format 2 it is 'rule_sets'");
        assertThat(problems("{\"id\":\"b\",\"version\":\"2\",\"rule_sets\":{},\"mappings\":[1]}"))
                .containsExactly(
                        "ERROR /rule_sets: 'rule_sets' must be an array and is an object",
                        "ERROR /mappings/0: must be an object and is a number");
        assertThat(
                        problems(
                                "{\"id\":\"b\",\"version\":\"2\",\"rule_sets\":[{\"id\":\"a\",\"rules\":[]},{\"id\":\"a\",\"rules\":[]}],\"mappings\":[]}"))
                .containsExactly("ERROR /rule_sets/1/id: the id 'a' is there twice");
        assertThat(problems(ENGINE.replace("\"policy_id\":\"p\"", "\"policy_id\":\"p\",\"policy_ids\":[\"p\"]")))
                .containsExactly("ERROR /mappings/0: 'policy_id' and 'policy_ids' exclude each other");
    }

    @Test
    void warnsOfWhatItPassesOver() {
        assertThat(problems(ENGINE.replace("\"whitelist_ids\"", "\"whitelist_id\"")))
                .containsExactly(
                        "WARNING /mappings/0/whitelist_id: 'whitelist_id' has no meaning here and is passed over; did you"
                                + " mean 'whitelist_ids'?",
                        "WARNING /whitelists/0: no mapping names the allowlist 'w'");
        var json = BundleText.of().rule("STOP", "always", "always").json();
        assertThat(problems(json.replace("\"name\":\"Set\"", "\"name\":\"Set\",\"artifact_type\":\"sbom\"")))
                .containsExactly(
                        "WARNING /rule_sets/0/artifact_type: the rule set is for artifacts of type 'sbom' and is never"
                                + " judged for images",
                        "WARNING /mappings/0/rule_set_ids: the mapping names no rule set for images, so every image that it"
                                + " covers passes (a rule set's \"artifact_type\" says what it is for)");
        assertThat(problems(BundleText.of()
                        .rule("STOP", "always", "always")
                        .item("anchoresec", "x")
                        .json()))
                .containsExactly(
                        "WARNING /allowlists/0/items/0/gate: the gate 'anchoresec' was ended by Anchore, so the item"
                                + " silences nothing: the gate's successor is 'vulnerabilities'");
    }

    @ParameterizedTest
    @CsvSource({
        "digest, sha256:ab, a manifest's digest",
        "id, ab, an image's id",
        "tagg, x, did you mean 'tag'?",
        "tag, regexp:(, is not closed",
    })
    void refusesBadImages(String type, String value, String words) {
        assertThat(BundleText.of()
                        .mapped("m", "*", "*", type, value)
                        .reading(false)
                        .errors())
                .singleElement()
                .asString()
                .startsWith("/mappings/0/image/")
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T00:00:00Z, 2026-06-01T00:00:00Z",
        "2026-06-01T00:00:00.5Z, 2026-06-01T00:00:00.5Z",
        "2026-06-01T00:00:00.123456Z, 2026-06-01T00:00:00.123456Z",
        "2026-06-01T00:00:00:500Z, 2026-06-01T00:00:00.5Z",
        "2026-06-01T00:00:00:123456Z, 2026-06-01T00:00:00.123456Z",
        "2026-06-01T02:00:00+02:00, 2026-06-01T00:00:00Z",
    })
    void readsTimes(String text, String instant) {
        var bundle = BundleText.of().item("always", "x", "\"" + text + "\"").bundle(false);

        assertThat(bundle.allowlists().getFirst().items().getFirst().expiresOn())
                .contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-06-01", "2026-06-01T00:00:00", "2026-06-01 00:00:00Z", "2026-02-30T00:00:00Z", "never", ""
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(BundleText.of()
                        .item("always", "x", "\"" + text + "\"")
                        .reading(false)
                        .errors())
                .as("an item must not last for ever because its end cannot be read")
                .singleElement()
                .asString()
                .startsWith("/allowlists/0/items/0/expires_on: '" + text + "' is no time");
    }

    @Test
    void knowsAnchoresRecordOfABundle() {
        assertThat(problems("{\"policyId\":\"b\",\"active\":true,\"policybundle\":" + ENGINE + "}"))
                .containsExactly(
                        "ERROR /: test.json is no bundle but Anchore's record of one: the bundle is its member 'policybundle'");
    }

    @Test
    void passesOverAByteOrderMark() {
        assertThat(problems("\uFEFF" + ENGINE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"version: 2", "{\"id\":\"b\",}", "{'id':'b'}", "{\"id\":NaN}", "{} {}", "", "null", "\u0000"})
    void refusesWhatIsNoJson(String text) {
        assertThat(problems(text)).singleElement().asString().startsWith("ERROR /: test.json is no bundle: ");
    }

    @Test
    void namesTheNearestGate() {
        assertThat(ofRule(BundleText.ruleText("r", "STOP", "secret_scan", "x")))
                .containsExactly(
                        "~/gate: unknown gate 'secret_scan': allowed are " + GATES + "; did you mean 'secret_scans'?");
    }

    @Test
    void readsTheExampleOfThisRepository() throws IOException {
        var file = Path.of(System.getProperty("plimsoll.root", ".."), "examples", "policy.json");

        assertThat(BundleReader.read("policy.json", Files.readAllBytes(file)).problems())
                .isEmpty();
    }

    @Test
    void theDensestBundleFitsIntoMemory() {
        int count = (BundleReader.MAX_LENGTH - 100) / 3;
        var objects = "{},".repeat(count) + "{}";

        assertThat(problems(
                        "{\"id\":\"b\",\"version\":\"2\",\"rule_sets\":[],\"mappings\":[],\"x\":[" + objects + "]}"))
                .hasSize(2);
        assertThat(ruleSets(objects)).containsExactly("/rule_sets: 'rule_sets' has over 100000 elements");
        assertThat(ruleSets("{},".repeat(Place.MAX_ELEMENTS - 1) + "{}"))
                .hasSize(Place.MAX_PROBLEMS + 1)
                .last()
                .isEqualTo("/: there are over 1000 problems");
    }

    private static List<String> ruleSets(String json) {
        return read("{\"id\":\"b\",\"version\":\"2\",\"mappings\":[],\"rule_sets\":[" + json + "]}").errors().stream()
                .map(BundleProblem::toString)
                .toList();
    }

    @Test
    void hasLimits() {
        assertThat(problems(" ".repeat(BundleReader.MAX_LENGTH + 1) + "{}"))
                .singleElement()
                .asString()
                .contains("over a limit");
        assertThat(problems("{}" + " ".repeat(BundleReader.MAX_LENGTH - 2))).hasSize(4);
        assertThat(problems("[".repeat(101) + "]".repeat(101)))
                .singleElement()
                .asString()
                .contains("over a limit");
        assertThat(problems("{\"id\":\"a\",\"id\":\"b\"}"))
                .singleElement()
                .asString()
                .contains("Duplicate");
    }
}
