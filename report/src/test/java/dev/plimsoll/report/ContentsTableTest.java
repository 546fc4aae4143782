package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.MalwareScan.Outcome;
import dev.plimsoll.inventory.content.Secret;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ContentsTableTest {

    private static final Secret DELETED =
            new Secret("npm-token", "root/.npmrc", OptionalInt.of(1), 3, "npm_\u2026", "0", true);

    private static String text(Contents contents, boolean detail) {
        var presentation = new Presentation(200, false, detail);
        var sheet = new Sheet(presentation);
        ContentsTable.write(sheet, presentation, contents);
        return sheet.toString();
    }

    private static Contents secrets(List<Secret> secrets) {
        return new Contents(
                Optional.of(secrets),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Contents malware(MalwareScan scan) {
        return new Contents(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(scan),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whereNobodyLookedNothingIsSaid() {
        assertThat(text(Contents.notCollected(), true)).isEmpty();
    }

    @Test
    void aSecretIsToldWithItsPlaceAndNeverItself() {
        var inConfiguration = new Secret("jwt", "config:env", OptionalInt.empty(), 0, "eyJ\u2026", "0", false);

        assertThat(text(secrets(List.of(DELETED, inConfiguration)), false)
                        .lines()
                        .map(String::strip))
                .filteredOn(line -> !line.isEmpty())
                .containsExactly(
                        "SECRETS (2)",
                        "npm-token  /root/.npmrc:3 in layer 2, deleted by a higher layer and still in the image",
                        "jwt  config:env");
        assertThat(text(secrets(List.of()), false)).contains("SECRETS: none found");
    }

    @Test
    void longListsAreCutWhereNoDetailWasAskedFor() {
        var many = secrets(Collections.nCopies(23, DELETED));

        assertThat(text(many, false)).contains("SECRETS (23)").contains("and 3 more (--verbose shows all)");
        assertThat(text(many, false).lines().filter(line -> line.contains("npm-token")))
                .hasSize(20);
        assertThat(text(many, true)).doesNotContain("more (");
        assertThat(text(many, true).lines().filter(line -> line.contains("npm-token")))
                .hasSize(23);
        assertThat(text(secrets(Collections.nCopies(20, DELETED)), false)).doesNotContain("more (");
    }

    @Test
    void aScanThatFoundNothingNamesWhatLooked() {
        assertThat(text(
                        malware(new MalwareScan(Outcome.DONE, "ClamAV 1.4", "27500/today", List.of(), List.of())),
                        false))
                .contains("MALWARE: none found by ClamAV 1.4 (27500/today)");
        assertThat(text(malware(new MalwareScan(Outcome.DONE, "", "", List.of(), List.of())), false))
                .contains("MALWARE: none found")
                .doesNotContain(" by ");
    }

    @Test
    void aScannerThatDidNotAnswerFoundNotNothing() {
        var text = text(
                malware(new MalwareScan(
                        Outcome.NOT_REACHABLE,
                        "",
                        "",
                        List.of(new MalwareScan.Finding("eicar.com", 1, "Eicar-Test", false)),
                        List.of(new MalwareScan.NotScanned("a/large", 0, "too large")))),
                false);

        assertThat(text)
                .contains("the virus scanner did not answer")
                .contains("MALWARE (1)")
                .contains("Eicar-Test  /eicar.com in layer 2")
                .contains("NOT SCANNED for malware (1)")
                .contains("/a/large: too large")
                .doesNotContain("none found");
    }
}
