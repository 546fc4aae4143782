package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.cli.StandInServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What each command asks of a server, and what it says of the answer.
final class RemoteCommandsTest {

    private static final String DIGEST = "sha256:" + "b".repeat(64);

    @TempDir
    private Path folder;

    private StandInServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StandInServer();
        Files.writeString(folder.resolve("bundle.yaml"), "id: b\n");
        Files.writeString(folder.resolve("shop.json"), "{}");
        Files.writeString(folder.resolve("a.db"), "SQLite format 3");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A command that changes something.
    ///
    /// @param in standard input
    /// @param asked line of the request
    /// @param body of the request
    record Change(List<String> command, String in, String asked, String body, String answer, String out) {

        static Change of(String command, String asked, String body, String answer, String out) {
            return new Change(List.of(command.split(" ")), "", asked, body, answer, out);
        }

        static Change typed(String command, String in, String asked, String body, String answer, String out) {
            return new Change(List.of(command.split(" ")), in, asked, body, answer, out);
        }

        @Override
        public String toString() {
            return String.join(" ", command);
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                Change.of(
                        "add registry.example/a:1 --watch 5m",
                        "POST /images",
                        "{'reference':'registry.example/a:1','watch_seconds':300}",
                        "{'image':{},'job':{'id':3}}",
                        "job 3 looks into registry.example/a:1"),
                Change.of("watches rm 4", "DELETE /watches/4", "", "", "looks after it no more"),
                Change.of(
                        "bundles add bundle.yaml",
                        "POST /bundles",
                        "id: b",
                        "{'id':2,'bundle_id':'b','version':1}",
                        "bundle 2: b, version 1"),
                Change.of(
                        "bundles activate 2",
                        "POST /bundles/2/activate",
                        "",
                        "{'bundle':{'id':2,'bundle_id':'b','version':1},'job':5}",
                        "bundle 2: b, version 1, active from now on"),
                Change.of("bundles rm 2", "DELETE /bundles/2", "", "", "removed bundle 2"),
                Change.of(
                        "waivers put shop.json",
                        "PUT /waivers/shop.json",
                        "{}",
                        "{'waivers':3}",
                        "put shop.json: 3 waivers"),
                Change.of("waivers rm shop.json", "DELETE /waivers/shop.json", "", "", "removed shop.json"),
                Change.of("data release 5", "POST /revisions/5/release", "", "{'id':5}", "released revision 5"),
                Change.of("data refuse 5", "POST /revisions/5/refuse", "", "{'id':5}", "refused revision 5"),
                Change.of(
                        "data poll add https://x.example/p.db --every 2h",
                        "POST /data-sources",
                        "{'place':'https://x.example/p.db','every_seconds':7200}",
                        "{'id':9}",
                        "polls https://x.example/p.db (9)"),
                Change.of("data poll rm 9", "DELETE /data-sources/9", "", "", "polls it no more"),
                Change.typed(
                        "channels add slack shop --set username=plimsoll --set retries:=3 --secret-stdin webhook_url",
                        "https://hooks.example/secret\n",
                        "POST /channels",
                        "{'name':'shop','kind':'slack','settings':{'username':'plimsoll','retries':3},"
                                + "'secrets':{'webhook_url':'https://hooks.example/secret'}}",
                        "{'name':'shop'}",
                        "added the channel shop; `plimsoll remote channels test shop` tries it"),
                Change.of(
                        "channels pause shop",
                        "PATCH /channels/shop",
                        "{'state':'paused'}",
                        "{}",
                        "the channel shop is paused; `plimsoll remote channels resume shop` goes on"),
                Change.of(
                        "channels resume shop",
                        "PATCH /channels/shop",
                        "{'state':'active'}",
                        "{}",
                        "the channel shop sends again"),
                Change.of(
                        "channels redeliver shop",
                        "POST /channels/shop/redeliver",
                        "",
                        "{}",
                        "sends all dead messages of shop again"),
                Change.of("channels rm shop", "DELETE /channels/shop", "", "", "removed the channel shop"),
                Change.of(
                        "channels test shop",
                        "POST /channels/shop/test",
                        "",
                        "{'outcome':'delivered','answer':'ok'}",
                        "the channel shop works: ok"),
                Change.of(
                        "subscribe vuln_update --channel shop --severity high --fixable --new-only --repository shop/*"
                                + " --window 30s",
                        "POST /subscriptions",
                        "{'name':'shop-vuln_update','channel':'shop','kinds':['vuln_update'],'filter':{'severity':'high',"
                                + "'fixable':true,'new_only':true,'repositories':['shop/*']},'grouping':'cve',"
                                + "'window_seconds':30}",
                        "{}",
                        "subscribed as shop-vuln_update"),
                Change.of(
                        "subscriptions rm shop-vuln_update",
                        "DELETE /subscriptions/shop-vuln_update",
                        "",
                        "",
                        "ended the subscription shop-vuln_update"),
                Change.of("deliveries redeliver d1", "POST /deliveries/d1/redeliver", "", "{}", "sends d1 again"),
                Change.of("jobs cancel 3", "DELETE /jobs/3", "", "{}", "cancelled job 3"),
                Change.of("jobs retry 3", "POST /jobs/3/retry", "", "{}", "job 3 waits again"),
                Change.typed(
                        "registry add localhost:5000 --username ci --password-stdin --plain-http",
                        "open sesame",
                        "PUT /registries/localhost%3A5000",
                        "{'username':'ci','password':'open sesame','insecure':true}",
                        "{}",
                        "logs in to localhost:5000 as ci"),
                Change.of(
                        "registry rm r.example",
                        "DELETE /registries/r.example",
                        "",
                        "",
                        "forgot the login to r.example"),
                Change.typed(
                        "users add ann --role editor --password-stdin",
                        "a long password\n",
                        "POST /users",
                        "{'name':'ann','role':'editor','password':'a long password'}",
                        "{}",
                        "added the user ann, editor"),
                Change.of("users rm ann", "DELETE /users/ann", "", "", "removed the user ann"),
                Change.of(
                        "keys add pipeline --role ci --for-account --ends-in 1d",
                        "POST /keys",
                        "{'name':'pipeline','role':'ci','expires_at':'2026-11-25T00:00:00Z','for_account':true}",
                        "{'key':'plm_once'}",
                        "plm_once"),
                Change.of("keys rm 8", "DELETE /keys/8", "", "", "revoked key 8"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void asksForAChangeAndSaysThatItIsMade(Change change) {
        server.when(change.asked(), change.answer().replace('\'', '"'));

        var run = remote(change.in(), change.command().toArray(String[]::new));

        assertThat(run).isEqualTo(new Run(0, change.out() + "\n", ""));
        assertThat(server.last().line()).isEqualTo(change.asked());
        assertThat(server.last().body().strip()).isEqualTo(change.body().replace('\'', '"'));
        assertThat(server.last().authorization()).contains("Bearer " + StandInServer.KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "images --repository shop/web --state failed | /images?repository=shop%2Fweb&state=failed&limit=500 | `{'digest':'DIGEST','names':['a:1','a:2'],'state':'failed'}` | a:1, a:2",
                "findings DIGEST --severity high --fixable --known-exploited --at 2026-06-01 | /images/DIGEST/findings?severity=high&fixable=true&known_exploited=true&at=2026-06-01T00%3A00%3A00Z&limit=500 | `{'id':'CVE-2026-1','severity':'high'}` | CVE-2026-1",
                "affected CVE-2026-1 | /vulnerabilities/CVE-2026-1/images?limit=500 | `{'digest':'DIGEST','names':['a:1'],'packages':[{'package':'lodash'},{'package':'lodash'}]}` | a:1    -         lodash   -        -",
                "verdict DIGEST --history | /images/DIGEST/verdicts?limit=500 | `{'decision':'fail','causes':['KEV_ADDED']}` | KEV_ADDED",
                "watches ls | /watches?limit=500 | `{'id':1,'repository':'shop/web','next_at':'2026-11-27T00:27:33.160918Z'}` | 2026-11-27T00:27:33Z",
                "bundles ls | /bundles?limit=500 | `{'id':1,'bundle_id':'b','active':true}` | yes",
                "waivers ls | /waivers?limit=500 | `{'name':'shop.json'}` | shop.json",
                "data ls | /revisions?limit=500 | `{'id':1,'state':'held','reason':'a third is gone'}` | a third is gone",
                "data changes 3 | /revisions/3/changes?limit=500 | `{'ecosystem':'npm','name':'lodash','kind':'added'}` | lodash",
                "data poll ls | /data-sources?limit=500 | `{'id':1,'place':'/srv/data'}` | /srv/data",
                "channels ls | /channels?limit=500 | `{'name':'shop','settings':{'url':'https://x'}}` | url https://x",
                "subscriptions ls | /subscriptions?limit=500 | `{'name':'s','kinds':['vuln_update']}` | vuln_update",
                "deliveries ls --dead | /deliveries?state=dead&limit=500 | `{'id':'d1','last_error':'410 Gone'}` | 410 Gone",
                "jobs ls --state poison | /jobs?state=poison&limit=500 | `{'id':1,'reason':'no such tag'}` | no such tag",
                "registry ls | /registries?limit=500 | `{'registry':'r.example','username':'ci'}` | r.example",
                "users ls | /users?limit=500 | `{'name':'ann','role':'viewer'}` | viewer",
                "keys ls | /keys?limit=500 | `{'id':1,'prefix':'plm_ab'}` | plm_ab",
                "audit | /audit?limit=500 | `{'sequence':1,'actor':'ann','action':'add key'}` | add key",
            })
    void listsWhatIsThere(String command, String asked, String item, String shown) {
        var line = asked.replace("DIGEST", DIGEST);
        var json = item.replace('\'', '"').replace("DIGEST", DIGEST);
        server.when("GET " + line.replaceFirst("\\?.*", ""), "{\"items\":[" + json + "],\"next\":null}");
        var words = command.replace("DIGEST", DIGEST).split(" ");

        var table = remote("", words);

        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out()).contains(shown);
        assertThat(server.last().line()).isEqualTo("GET " + line);
        var more = Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new);
        assertThat(remote("", more)).isEqualTo(new Run(0, json + "\n", ""));
    }

    @Test
    void followsPagesUpToTheLimit() {
        server.when("GET /jobs", "{\"items\":[{\"id\":1},{\"id\":2}],\"next\":\"two\"}")
                .when("GET /jobs", "{\"items\":[{\"id\":3},{\"id\":4}],\"next\":\"three\"}");

        var run = remote("", "jobs", "ls", "--limit", "3", "-o", "json");

        assertThat(run)
                .isEqualTo(new Run(
                        0,
                        "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n",
                        "plimsoll: note: there are more than 3; --limit shows more\n"));
        assertThat(server.lines()).containsExactly("GET /jobs?limit=3", "GET /jobs?limit=1&cursor=two");
    }

    @Test
    void whatAServerSaysCannotActOnATerminal() {
        server.when("GET /users", "{\"items\":[{\"name\":\"a\\u001b[31m\"}]}");

        assertThat(remote("", "users", "ls").out()).contains("a\ufffd[31m");
    }

    @ParameterizedTest
    @CsvSource({"pass, 0", "fail, 2", "unknown, 3", "data_missing, 4"})
    void saysTheVerdictThatIsKept(String decision, int code) {
        var reference = "/tags?repository=registry.example%2Fshop%2Fweb&limit=500";
        server.when(
                        "GET /tags",
                        "{\"items\":[{\"repository\":\"shop/web\",\"tag\":\"1.4\",\"digest\":\"" + DIGEST + "\"}]}")
                .when(
                        "GET /images/" + DIGEST + "/verdict",
                        "{\"decision\":\"" + decision
                                + "\",\"explanation\":\"because\",\"stops\":2,\"warns\":1,\"waived\":0,\"bundle\":{\"id\":\"b\",\"version\":3}}");

        var run = remote("", "verdict", "registry.example/shop/web:1.4");

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out())
                .startsWith(decision.toUpperCase(java.util.Locale.ROOT) + "  registry.example/shop/web:1.4")
                .contains("b, version 3", "2 stop, 1 warn");
        assertThat(server.lines())
                .containsExactly(
                        "GET " + reference,
                        "GET /images/" + DIGEST + "/verdict?name=registry.example%2Fshop%2Fweb%3A1.4");
    }

    @Test
    void saysThatTheServerDoesNotKnowATag() {
        server.when("GET /tags", "{\"items\":[]}");

        assertThat(remote("", "findings", "registry.example/shop/web:9").err())
                .contains(
                        "knows no image registry.example/shop/web:9",
                        "`plimsoll remote add registry.example/shop/web:9`");
    }

    @Test
    void waitsUntilDataCounts() {
        server.when("POST /revisions", Reply.json(202, "{\"id\":5,\"state\":\"checking\"}"))
                .when("GET /revisions/5", "{\"id\":5,\"state\":\"checking\"}")
                .when("GET /revisions/5", "{\"id\":5,\"state\":\"active\"}")
                .when(
                        "GET /revisions/5",
                        "{\"id\":5,\"state\":\"held\",\"reason\":\"a third of the records is gone\"}");

        assertThat(remote("", "data", "import", "a.db")).isEqualTo(new Run(0, "revision 5 is active\n", ""));
        assertThat(server.asked().getFirst().body()).isEqualTo("SQLite format 3");
        assertThat(remote("", "data", "import", "a.db"))
                .isEqualTo(new Run(3, "revision 5 is held: a third of the records is gone\n", ""));
        assertThat(remote("", "data", "import", "none.db").err()).contains("there is no file");
    }

    @Test
    void tellsWhyABundleIsRefused() {
        server.when(
                "POST /bundles",
                new Reply(
                        422,
                        Map.of("content-type", "application/problem+json"),
                        "{\"detail\":\"the bundle has an error\",\"problems\":[{\"severity\":\"error\",\"place\":\"/rule_sets/0\",\"message\":\"there is no gate 'x'\"}]}"));

        var run = remote("", "bundles", "add", "bundle.yaml", "--activate");

        assertThat(run)
                .isEqualTo(new Run(
                        1, "", "plimsoll: the bundle has an error\n  error, /rule_sets/0: there is no gate 'x'\n"));
        assertThat(server.lines()).containsExactly("POST /bundles");
        assertThat(server.last().type()).contains("application/yaml");
    }

    @Test
    void findsABundleByItsIdAndTriesIt() {
        server.when(
                        "GET /bundles",
                        "{\"items\":[{\"id\":4,\"bundle_id\":\"b\",\"version\":2},{\"id\":9,\"bundle_id\":\"c\",\"version\":1},"
                                + "{\"id\":3,\"bundle_id\":\"b\",\"version\":1}]}")
                .when("POST /what-ifs", Reply.json(202, "{\"id\":11,\"state\":\"queued\"}"))
                .when("GET /what-ifs/11", "{\"id\":11,\"state\":\"running\"}")
                .when("GET /what-ifs/11", "{\"id\":11,\"state\":\"done\"}")
                .when("GET /what-ifs/11", new Reply(200, Map.of("content-type", "text/plain"), "2 flips\n"));

        assertThat(remote("", "bundles", "what-if", "b")).isEqualTo(new Run(0, "2 flips\n", ""));
        assertThat(server.asked().get(1).body().strip()).isEqualTo("{\"bundle\":4}");
        assertThat(server.last().line()).isEqualTo("GET /what-ifs/11?format=table");
        assertThat(remote("", "bundles", "activate", "z").err()).contains("the server has no bundle 'z'");
    }

    @Test
    void printsDocumentsAsTheyWereGiven() {
        server.when("GET /bundles/2", "{\"document\":\"id: b\\n\"}").when("GET /waivers/w", "{\"document\":\"{}\"}");

        assertThat(remote("", "bundles", "show", "2").out()).isEqualTo("id: b\n");
        assertThat(remote("", "waivers", "show", "w").out()).isEqualTo("{}\n");
    }

    @Test
    void tellsThatAChannelDoesNotWork() {
        server.when("POST /channels/shop/test", "{\"outcome\":\"final\",\"answer\":\"404 no_service\"}");

        var run = remote("", "channels", "test", "shop");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the channel shop does not work: final, 404 no_service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "channels add slack s --set novalue | 'novalue' is no setting; write --set project=SEC",
                "channels add slack s --set a=1 --set a=2 | the setting a is given twice",
                "channels add slack s --set a:=x | the setting a is no JSON",
                "channels add slack s --secret-stdin token | the secret token did not come on standard input",
                "registry add r.example --username ci | the password is missing: pipe it in with --password-stdin",
                "deliveries ls --dead --state queued | --dead is --state dead; give one of them",
                "jobs ls -o xml | there is no output format 'xml' for a list (-o); formats are table, json",
                "jobs | name a command: remote jobs ls, show, cancel, retry",
                "data poll | name a command: remote data poll ls, add, rm",
                "imagse | there is no command 'imagse'; commands are login, logout, check",
                "images --stat x | there is no option '--stat'; did you mean --state?",
            })
    void saysWhatIsWrong(String command, String expected) {
        var run = remote("", command.split(" "));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(expected);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | there is no job 3 in this account | there is no job 3 in this account",
                "409 | it is queued already | it is queued already",
                "422 | it cannot be done | it cannot be done",
                "500 | it broke | the server failed: it broke (URL, status 500)",
                "401 | nobody knows the key | URL does not know us (nobody knows the key): log in again with `plimsoll remote login URL`, or look at the variable PLIMSOLL_REMOTE_KEY",
            })
    void tellsWhatTheServerSays(int status, String detail, String expected) {
        server.when("POST /jobs/3/retry", Reply.problem(status, detail));

        assertThat(remote("", "jobs", "retry", "3"))
                .isEqualTo(new Run(1, "", "plimsoll: " + expected.replace("URL", server.url()) + "\n"));
    }

    @Test
    void asksAgainWhenTheServerWantsUsToWait() {
        server.when(
                        "GET /users",
                        new Reply(
                                503,
                                Map.of("content-type", "application/problem+json", "retry-after", "1"),
                                "{\"detail\":\"not now\"}"))
                .when("GET /users", "{\"items\":[]}");

        assertThat(remote("", "users", "ls")).isEqualTo(new Run(0, "no users\n", ""));
    }

    @Test
    void verifiesTheAuditLog() {
        server.when("GET /audit/verification", "{\"intact\":true,\"entries\":12}")
                .when(
                        "GET /audit/verification",
                        "{\"intact\":false,\"sequence\":5,\"reason\":\"its digest is another\"}");

        assertThat(remote("", "audit", "--verify").out()).isEqualTo("the audit log is whole: 12 entries\n");
        assertThat(remote("", "audit", "--verify"))
                .isEqualTo(new Run(1, "", "plimsoll: the audit log is broken at entry 5: its digest is another\n"));
    }

    private Run remote(String in, String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "remote";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.of(
                folder,
                Map.of("PLIMSOLL_REMOTE_URL", server.url(), "PLIMSOLL_REMOTE_KEY", StandInServer.KEY),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                all);
    }
}
