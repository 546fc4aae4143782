package dev.plimsoll.inventory.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Account.Password;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.ShadowEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountFilesAnalyzerTest {

    private static Analyzed analyze(String path, String text) {
        return Analyzed.by(new AccountFilesAnalyzer(), path, text);
    }

    private static List<ContentFact> facts(Analyzed analyzed) {
        return analyzed.all(Fact.Content.class).stream().map(Fact.Content::fact).toList();
    }

    @Test
    void aLineOfPasswdIsAnAccount() {
        var analyzed = analyze(AccountFilesAnalyzer.PASSWD, """
                root:x:0:0:root:/root:/bin/bash
                # a comment

                app:!:1000:1001:An, App,,:/home/app:
                toor::4294967295:0:::/bin/sh
                +nis::::::
                """);

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(facts(analyzed))
                .containsExactly(
                        new ContentFact.AccountFound(
                                new Account("root", 0, 0, "root", "/root", "/bin/bash", Password.SHADOWED)),
                        new ContentFact.AccountFound(
                                new Account("app", 1000, 1001, "An, App,,", "/home/app", "", Password.LOCKED)),
                        new ContentFact.AccountFound(
                                new Account("toor", 4_294_967_295L, 0, "", "", "/bin/sh", Password.EMPTY)));
    }

    @Test
    void aLineOfGroupHasItsMembers() {
        var analyzed = analyze(AccountFilesAnalyzer.GROUP, "wheel:x:10:app, root,,\nempty:x:11:\n");

        assertThat(facts(analyzed))
                .containsExactly(
                        new ContentFact.GroupFound(new Group("wheel", 10, List.of("app", "root"))),
                        new ContentFact.GroupFound(new Group("empty", 11, List.of())));
    }

    /// Source: shadow(5).
    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "!, LOCKED",
        "!!, LOCKED",
        "!$6$abc$def, LOCKED",
        "*, LOCKED",
        "$6$abc$def, SET",
        "$y$j9T$abc, SET",
    })
    void aLineOfShadowSaysWhatItsPasswordIs(String field, Password password) {
        assertThat(facts(analyze(AccountFilesAnalyzer.SHADOW, "app:" + field + ":19000:0:99999:7:::\n")))
                .containsExactly(new ContentFact.ShadowFound(new ShadowEntry("app", password)));
    }

    @ParameterizedTest
    @CsvSource({
        "etc/passwd, app:$1$secret:1000:1000::/home",
        "etc/passwd, app:$1$secret:x:1000::/home:/bin/sh",
        "etc/passwd, app:$1$secret:1000:-1::/home:/bin/sh",
        "etc/passwd, app:$1$secret:4294967296:0::/home:/bin/sh",
        "etc/passwd, :$1$secret:1000:1000::/home:/bin/sh",
        "etc/group, wheel:$1$secret:ten:",
        "etc/group, wheel:$1$secret:1",
        "etc/shadow, app:$1$secret:1:2",
        "etc/shadow, :$1$secret:1:2:3:4:5:6:",
    })
    void whatIsNoSuchLineIsUnknownAndNothingOfItIsSaid(String path, String line) {
        var analyzed = analyze(path, line + "\n");

        assertThat(analyzed.facts()).isEmpty();
        assertThat(analyzed.unknowns()).containsExactly("line 1: is no line of /" + path);
    }

    @Test
    void linesHaveLimitsInLengthAndNumber() {
        var line = "a:x:1:1:::\n";
        var longest = "a:x:1:1:" + "c".repeat(AccountFilesAnalyzer.MAX_LINE - "a:x:1:1:::".length()) + "::\n";
        var analyzed = analyze(
                AccountFilesAnalyzer.PASSWD, longest + "b" + longest + line.repeat(AccountFilesAnalyzer.MAX_LINES));

        assertThat(analyzed.facts()).hasSize(AccountFilesAnalyzer.MAX_LINES - 1);
        assertThat(analyzed.unknowns())
                .containsExactly(
                        "line 2: over " + AccountFilesAnalyzer.MAX_LINE + " bytes",
                        "line " + (AccountFilesAnalyzer.MAX_LINES + 1) + ": over " + AccountFilesAnalyzer.MAX_LINES
                                + " lines; the rest was not read");
    }
}
