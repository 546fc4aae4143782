package dev.plimsoll.policy.background;

/// Evaluations written by hand, by the formats' documentation.
public final class StigDocuments {

    private StigDocuments() {}

    /// InSpec's own form.
    public static final String HDF = """
            {
              "platform": {"name": "ubuntu", "release": "24.04", "target_id": "web"},
              "version": "5.22.3",
              "statistics": {"duration": 1.5},
              "profiles": [{
                "name": "our-linux-baseline", "version": "1.0.0", "sha256": "00", "title": "Ours", "supports": [],
                "attributes": [], "groups": [], "status": "loaded",
                "controls": [
                  {"id": "V-1", "title": "No empty passwords", "impact": 0.7, "refs": [],
                   "tags": {"severity": "high", "gid": "V-1", "rid": "SV-1r2_rule", "stig_id": "OURS-00-000010"},
                   "code": "", "source_location": {"line": 1, "ref": "a.rb"},
                   "results": [
                     {"status": "passed", "code_desc": "a", "run_time": 0.1, "start_time": "2026-05-20T10:00:00+00:00"},
                     {"status": "failed", "code_desc": "b", "run_time": 0.1, "start_time": "2026-05-20T10:00:01+00:00",
                      "message": "expected none"}
                   ]},
                  {"id": "V-2", "title": null, "impact": 0.5, "tags": {}, "results": [
                     {"status": "passed", "code_desc": "c", "run_time": 0.1, "start_time": "2026-05-20 12:00:02 +0200"}]},
                  {"id": "V-3", "impact": 0.3, "tags": {}, "results": [
                     {"status": "skipped", "code_desc": "d", "run_time": 0.1, "start_time": "2026-05-20T09:00:00Z",
                      "skip_message": "by hand"}]},
                  {"id": "V-4", "impact": 0.0, "tags": {}, "results": [
                     {"status": "failed", "code_desc": "e", "run_time": 0.1, "start_time": "2026-05-20T09:00:00Z"}]},
                  {"id": "V-5", "impact": 0.95, "tags": {}, "results": [
                     {"status": "failed", "code_desc": "f", "run_time": 0.1, "start_time": "2026-05-20T09:00:00Z",
                      "backtrace": ["x.rb:1"], "exception": "Error"}]},
                  {"id": "V-6", "impact": 0.5, "tags": {}, "results": []}
                ]
              }]
            }
            """;

    /// The newer form.
    public static final String HDF_3 = """
            {
              "timestamp": "2026-05-21T00:00:00Z",
              "components": [{"type": "container", "name": "web"}],
              "generator": {"name": "ours", "version": "1"},
              "baselines": [{
                "name": "our-newer-baseline",
                "requirements": [
                  {"id": "V-1", "title": "One", "impact": 0.7, "tags": {}, "descriptions": [],
                   "results": [{"status": "failed", "codeDesc": "a", "startTime": "2026-05-20T10:00:00Z"}]},
                  {"id": "V-2", "impact": 0.5, "severity": "low", "tags": {},
                   "results": [{"status": "notReviewed", "codeDesc": "b"}, {"status": "passed", "codeDesc": "c"}]},
                  {"id": "V-3", "impact": 0.5, "tags": {}, "results": [{"status": "notApplicable", "codeDesc": "d"}]},
                  {"id": "V-4", "impact": 0.5, "tags": {}, "results": [{"status": "error", "codeDesc": "e"}]}
                ]
              }, {"name": "our-other-baseline", "requirements": []}]
            }
            """;

    /// A benchmark with its results, as DISA's guides name things.
    public static final String XCCDF = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_example.ours_benchmark_linux">
              <status>draft</status><title>Ours</title><version>1</version>
              <Profile id="xccdf_example.ours_profile_high"><title>High</title></Profile>
              <Group id="xccdf_mil.disa.stig_group_V-1">
                <title>SRG-OS-1</title>
                <Rule id="xccdf_mil.disa.stig_rule_SV-1r2_rule" severity="high" weight="10.0">
                  <version>OURS-00-000010</version><title>No empty <em xmlns="http://www.w3.org/1999/xhtml">passwords</em></title>
                </Rule>
              </Group>
              <Rule id="xccdf_example.ours_rule_two" severity="medium"><title>Two</title></Rule>
              <TestResult id="xccdf_example.ours_testresult_1" start-time="2026-05-20T09:59:00+02:00"
                  end-time="2026-05-20T10:00:00+02:00" version="1">
                <benchmark href="ours.xml" id="xccdf_example.ours_benchmark_linux"/>
                <title>x</title>
                <profile idref="xccdf_example.ours_profile_high"/>
                <target>web</target>
                <rule-result idref="xccdf_mil.disa.stig_rule_SV-1r2_rule" time="2026-05-20T10:00:00+02:00" severity="high">
                  <result>fail</result><ident system="http://cyber.mil/cci">CCI-000366</ident>
                </rule-result>
                <rule-result idref="xccdf_example.ours_rule_two"><result>pass</result></rule-result>
                <rule-result idref="xccdf_example.ours_rule_three" severity="low"><result>notchecked</result></rule-result>
                <rule-result idref="xccdf_example.ours_rule_four"><result>notselected</result></rule-result>
                <rule-result idref="xccdf_example.ours_rule_five"><result>notapplicable</result></rule-result>
                <rule-result idref="xccdf_example.ours_rule_six"><result>error</result></rule-result>
                <rule-result idref="xccdf_example.ours_rule_seven"><result>pass</result><instance>a</instance></rule-result>
                <rule-result idref="xccdf_example.ours_rule_seven"><result>fail</result><instance>b</instance></rule-result>
                <rule-result idref="xccdf_example.ours_rule_eight"><result>fixed</result></rule-result>
                <score system="urn:xccdf:scoring:default" maximum="100">50</score>
              </TestResult>
            </Benchmark>
            """;

    /// An asset report: the benchmark stands in the request, the results of XCCDF 1.1 in the report.
    public static final String ARF = """
            <arf:asset-report-collection xmlns:arf="http://scap.nist.gov/schema/asset-reporting-format/1.1">
              <arf:report-requests><arf:report-request id="r"><arf:content>
                <x:Benchmark xmlns:x="http://checklists.nist.gov/xccdf/1.1" id="ours">
                  <x:Rule id="rule-1" severity="medium"><x:title>First</x:title></x:Rule>
                </x:Benchmark></arf:content></arf:report-request></arf:report-requests>
              <arf:reports><arf:report id="o"><arf:content>
                <TestResult xmlns="http://checklists.nist.gov/xccdf/1.1" id="t" end-time="2026-05-20T10:00:00">
                  <benchmark href="ours.xml"/>
                  <target>web</target>
                  <rule-result idref="rule-1"><result>fail</result></rule-result>
                </TestResult></arf:content></arf:report></arf:reports>
            </arf:asset-report-collection>
            """;
}
