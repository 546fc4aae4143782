package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.AffectedImport;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.golang.GoSymbols;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AbsentFunctionsTest {

    private static final String MODULE = "golang.org/x/net";

    private static AffectedImport functions(String path, String... symbols) {
        return new AffectedImport(path, List.of(symbols), List.of(), List.of());
    }

    private static TestRecord go(AffectedImport... imports) {
        return TestRecord.of("GO-2023-2102", "go-osv")
                .alias("CVE-2023-39325", "GHSA-4374-p667-p6c8")
                .language("golang", MODULE, "<0.17.0", "0.17.0")
                .in(imports);
    }

    private static final TestRecord GITHUB = TestRecord.of("GHSA-4374-p667-p6c8", "ghsa")
            .alias("CVE-2023-39325")
            .language("golang", MODULE, "<0.17.0", "0.17.0");

    private static TestImage holding(Set<String> platforms, String... functions) {
        return withSymbols(GoSymbols.of(platforms, List.of(functions)).text());
    }

    private static TestImage withSymbols(String text) {
        return TestImage.withoutDistribution()
                .with(TestImage.with(
                        TestImage.language(PackageType.GOLANG, MODULE, "0.16.0"),
                        Map.of(PackageProperty.SYMBOLS, text)));
    }

    private static final Set<String> LINUX = Set.of("linux/amd64");

    @Test
    void aFlawInFunctionsThatNoProgramHoldsIsSuppressed() {
        var record = go(functions(MODULE + "/http2", "Server.ServeConn", "ConfigureServer"));
        var result = match(holding(LINUX, "html.Parse", "http2.Transport.RoundTrip"), record);

        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed())
                .extracting(Suppressed::reason)
                .containsExactly("GO-2023-2102 of go-osv is about golang.org/x/net/http2.Server.ServeConn, "
                        + "golang.org/x/net/http2.ConfigureServer, which no program with the module holds");
    }

    @Test
    void oneFunctionOfAnyPackageMakesItAFinding() {
        var record = go(functions(MODULE + "/http2", "Server.ServeConn", "ConfigureServer"), functions(MODULE, "Root"));
        assertThat(match(holding(LINUX, "http2.ConfigureServer"), record).findings())
                .hasSize(1);
        assertThat(match(holding(LINUX, ".Root"), record).findings()).hasSize(1);
        assertThat(match(holding(LINUX, "html.Root"), record).findings()).isEmpty();
    }

    @Test
    void aPackageWithoutFunctionsMeansAnyOfIt() {
        var record = go(functions(MODULE + "/http2", "Server.ServeConn"), functions(MODULE + "/html"));
        assertThat(match(holding(LINUX, "html."), record).findings()).hasSize(1);
        assertThat(match(holding(LINUX, "http2."), record).suppressed())
                .extracting(Suppressed::reason)
                .containsExactly("GO-2023-2102 of go-osv is about golang.org/x/net/http2.Server.ServeConn, "
                        + "the package golang.org/x/net/html, which no program with the module holds");
    }

    @Test
    void aRecordOfGoThatNamesNoPackageMeansTheModule() {
        assertThat(match(holding(LINUX), go()).findings()).hasSize(1);
        assertThat(match(holding(LINUX), go(), GITHUB).findings()).hasSize(1);
    }

    @Test
    void whereTheFunctionsAreNotKnownItStaysAFinding() {
        var record = go(functions(MODULE + "/http2", "Server.ServeConn"));
        var unknown = TestImage.withoutDistribution().with(TestImage.language(PackageType.GOLANG, MODULE, "0.16.0"));
        assertThat(match(unknown, record).findings()).hasSize(1);
        assertThat(match(withSymbols("2 - 0 "), record).findings()).hasSize(1);
    }

    /// A path outside the module has no place in the module's set.
    @Test
    void aPackageOfAnotherModuleCannotBeLookedFor() {
        assertThat(match(holding(LINUX), go(functions("golang.org/x/netware", "Parse")))
                        .findings())
                .hasSize(1);
        assertThat(match(holding(LINUX), go(functions("golang.org/x/text", "Parse")))
                        .findings())
                .hasSize(1);
    }

    @Test
    void whatGoSaysHoldsForGitHubsRecordOfTheSameVulnerability() {
        var record = go(functions(MODULE + "/http2", "Server.ServeConn"));
        var result = match(holding(LINUX), record, GITHUB);
        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed()).hasSize(1);

        assertThat(match(holding(LINUX), GITHUB).findings()).hasSize(1);
        assertThat(match(holding(LINUX, "http2.Server.ServeConn"), record, GITHUB)
                        .findings())
                .hasSize(1);
    }

    @Test
    void aCompanysOwnRecordWithoutFunctionsStands() {
        var own = TestRecord.of("COMPANY-1", "company")
                .alias("CVE-2023-39325")
                .language("golang", MODULE, "<0.17.0", "0.17.0");
        assertThat(match(holding(LINUX), go(functions(MODULE + "/http2", "Server.ServeConn")), own)
                        .findings())
                .hasSize(1);
    }

    @Test
    void packagesOfOtherPlatformsAreNotLookedFor() {
        var windows = new AffectedImport(MODULE + "/http2", List.of("Serve"), List.of("windows"), List.of());
        var arm = new AffectedImport(MODULE + "/http2", List.of(), List.of(), List.of("arm64"));

        assertThat(match(holding(LINUX, "http2.Serve"), go(windows, arm)).suppressed())
                .extracting(Suppressed::reason)
                .containsExactly("GO-2023-2102 of go-osv is about other platforms than linux/amd64");
        assertThat(match(holding(Set.of("windows/amd64", "linux/amd64"), "http2.Serve"), go(windows))
                        .findings())
                .hasSize(1);
        assertThat(match(holding(Set.of(), "http2.Serve"), go(windows)).findings())
                .hasSize(1);
        assertThat(match(holding(Set.of("linux/arm64"), "http2."), go(arm)).findings())
                .hasSize(1);
    }

    @Test
    void theStandardLibrarysPackagesHaveNoModulesPathBeforeThem() {
        var record = TestRecord.of("GO-2023-1878", "go-osv")
                .language("golang", "stdlib", "<1.20.6", "1.20.6")
                .in(functions("net/http", "Client.Do"));
        var without = TestImage.with(
                TestImage.language(PackageType.GOLANG, "stdlib", "1.20.5"),
                Map.of(
                        PackageProperty.SYMBOLS,
                        GoSymbols.of(LINUX, List.of("net.Dial")).text()));
        var with = TestImage.with(
                without,
                Map.of(
                        PackageProperty.SYMBOLS,
                        GoSymbols.of(LINUX, List.of("net/http.Client.Do")).text()));

        assertThat(match(TestImage.withoutDistribution().with(without), record).suppressed())
                .hasSize(1);
        assertThat(match(TestImage.withoutDistribution().with(with), record).findings())
                .hasSize(1);
    }

    @Test
    void explainNamesTheFunctionsThatWereLookedFor() {
        var many = IntStream.range(0, 12).mapToObj(i -> "F" + i).toArray(String[]::new);
        var record = go(functions(MODULE + "/http2", many));
        var explanation =
                Matcher.explain(holding(LINUX).build(), TestSource.of(record), MatchOptions.DEFAULT, "CVE-2023-39325");

        assertThat(explanation.entries())
                .extracting(Explanation.Entry::outcome)
                .singleElement()
                .isInstanceOfSatisfying(
                        Explanation.Outcome.Silenced.class,
                        silenced -> assertThat(silenced.reason())
                                .startsWith("GO-2023-2102 of go-osv is about golang.org/x/net/http2.F0, ")
                                .endsWith("http2.F9 and 2 more functions, which no program with the module holds"));
    }

    private static String told(TestImage image, TestRecord record) {
        return Matcher.explain(image.build(), TestSource.of(record), MatchOptions.DEFAULT, "CVE-2023-39325")
                .entries()
                .getFirst()
                .functions();
    }

    @Test
    void explainTellsWhatIsKnownOfTheFunctionsOfAFinding() {
        var record = go(functions(MODULE + "/http2", "Unused", "ConfigureServer"));
        assertThat(told(holding(LINUX, "http2.ConfigureServer"), record))
                .isEqualTo("a program with the module holds golang.org/x/net/http2.ConfigureServer");
        assertThat(told(holding(LINUX, "http2."), go(functions(MODULE + "/http2"))))
                .isEqualTo("a program with the module holds the package golang.org/x/net/http2");
        var unknown = TestImage.withoutDistribution().with(TestImage.language(PackageType.GOLANG, MODULE, "0.16.0"));
        assertThat(told(unknown, record)).contains("(--go-symbols)");
        assertThat(told(unknown, go())).isEmpty();
    }

    private static MatchResult match(TestImage image, TestRecord... records) {
        return Matcher.match(image.build(), TestSource.of(records), MatchOptions.DEFAULT);
    }
}
