package dev.plimsoll.advisory.nvd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.feed.RecordingSink;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OverridesFeedTest {

    @Test
    void keepsTheRangesAsTheyStand() {
        var sink = RecordingSink.read(
                new OverridesFeed(),
                "data/2021/CVE-2021-44228.json",
                """
                {"_annotation": {"cve_id": "CVE-2021-44228"}, "cve": {"configurations": [{"nodes": [{"cpeMatch": [
                 {"criteria": "cpe:2.3:a:apache:log4j:*:*:*:*:*:*:*:*", "versionEndExcluding": "2.3.1", "vulnerable": true}],
                 "negate": false, "operator": "OR"}]}]}}
                """,
                "data/2023/CVE-2023-40159.json",
                "{\"_annotation\": {\"reason\": \"the CVE has been rejected\"}, \"cve\": {}}",
                "README.md",
                "nothing");
        assertThat(sink.problems).isEmpty();
        assertThat(sink.configurations)
                .isEqualTo(Map.of(
                        "CVE-2021-44228",
                        "[{\"nodes\":[{\"cpeMatch\":[{\"criteria\":\"cpe:2.3:a:apache:log4j:*:*:*:*:*:*:*:*\","
                                + "\"versionEndExcluding\":\"2.3.1\",\"vulnerable\":true}],\"negate\":false,\"operator\":\"OR\"}]}]",
                        "CVE-2023-40159",
                        "[]"));
    }

    @Test
    void saysWhatItCannotRead() {
        var sink = RecordingSink.read(
                new OverridesFeed(),
                "data/2021/CVE-2021-1.json",
                "{",
                "data/2021/CVE-2021-2.json",
                "{}",
                "data/2021/CVE-2021-3.json",
                "{\"cve\": {\"configurations\": 7}}");
        assertThat(sink.configurations).isEmpty();
        assertThat(sink.problems)
                .hasSize(3)
                .contains(
                        "data/2021/CVE-2021-2.json, cve.configurations: holds no list of configurations",
                        "data/2021/CVE-2021-3.json, cve.configurations: holds no list of configurations");
    }
}
