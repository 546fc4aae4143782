package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Collected.nothing;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Collected;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gate `passwd_file`.
final class PasswdFileGateTest {

    private static final String ROOT = "root:x:0:0:root:/root:/bin/bash";
    private static final String FTP = "ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin";
    private static final String LOCKED = "lock:!:20:20::/:/bin/false";

    private static Collected accounts() {
        return nothing().account(ROOT).account(FTP).account(LOCKED);
    }

    private static Fixture subject() {
        return image().file("etc", FileEntry.Kind.DIRECTORY, 0755, "")
                .file("etc/passwd", 0644)
                .with(accounts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usernames | user_names=daemon, ftp | Blacklisted user 'ftp' found in image's /etc/passwd: pentry="
                        + FTP
                        + " | ftp | The account ftp of /etc/passwd is denied | Remove the account ftp from /etc/passwd",
                "usernames | usernameblacklist=ftp | Blacklisted user 'ftp' found in image's /etc/passwd: pentry=" + FTP
                        + " | ftp | The account ftp of /etc/passwd is denied | Remove the account ftp from /etc/passwd",
                "userids | user_ids=14,99 | Blacklisted uid '14' found in image's /etc/passwd: pentry=" + FTP
                        + " | 14:ftp | The account ftp of /etc/passwd has the denied uid 14"
                        + " | Remove the account ftp from /etc/passwd",
                "userids | useridblacklist=14 | Blacklisted uid '14' found in image's /etc/passwd: pentry=" + FTP
                        + " | 14:ftp | The account ftp of /etc/passwd has the denied uid 14"
                        + " | Remove the account ftp from /etc/passwd",
                "groupids | group_ids=50 | Blacklisted gid '50' found in image's /etc/passwd: pentry=" + FTP
                        + " | 50:ftp | The account ftp of /etc/passwd has the denied gid 50"
                        + " | Give the account ftp another group",
                "shells | shells=/sbin/nologin | Blacklisted shell '/sbin/nologin' found in image's /etc/passwd: pentry="
                        + FTP
                        + " | /sbin/nologin:ftp | The account ftp of /etc/passwd has the denied shell /sbin/nologin"
                        + " | Give the account ftp another shell",
                "full_entry | entry=" + FTP + " | Blacklisted pentry '" + FTP
                        + "' found in image's /etc/passwd: pentry=" + FTP
                        + " | ftp | The line of the account ftp in /etc/passwd is denied"
                        + " | Change or remove the account ftp in /etc/passwd",
            })
    void deniesAccounts(String what, String parameter, String frozen, String key, String message, String remedy) {
        for (var trigger : new String[] {"denylist_" + what, "blacklist_" + what}) {
            assertThat(subject().judge("passwd_file", trigger, parameter).results())
                    .extracting(
                            RuleResult::frozenMessage,
                            RuleResult::stableId,
                            RuleResult::message,
                            result -> result.remedy()
                                    .instruction(
                                            java.util.List.of(result.remedy().subject())))
                    .containsExactly(tuple(frozen, "passwd_file:denylist_" + what + ":" + key, message, remedy));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "usernames, user_names=ft",
        "userids, user_ids=1",
        "groupids, group_ids=14",
        "shells, shells=/sbin",
        "full_entry, entry=ftp:x:14:50:FTP User:/var/ftp:/bin/sh",
    })
    void passesOthers(String what, String parameter) {
        assertThat(subject().judge("passwd_file", "denylist_" + what, parameter).decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void theLineIsTheFilesOwnWhereItWasRetrieved() {
        var file = "# accounts\n\nlock:!!:020:20::/:/bin/false\nlock:!:21:21::/:/bin/false\n";
        var judged = subject()
                .with(accounts().retrieved("etc/passwd", file))
                .judge("passwd_file", "denylist_userids", "user_ids=20");

        assertThat(judged.results())
                .extracting(RuleResult::frozenMessage)
                .containsExactly(
                        "Blacklisted uid '20' found in image's /etc/passwd: pentry=" + "lock:!!:020:20::/:/bin/false");
    }

    @Test
    void aLockedPasswordIsTakenForAStarWhereNobodyKnowsTheLine() {
        assertThat(subject()
                        .judge("passwd_file", "denylist_usernames", "user_names=lock")
                        .results())
                .extracting(RuleResult::frozenMessage)
                .containsExactly(
                        "Blacklisted user 'lock' found in image's /etc/passwd: pentry=lock:*:20:20::/:/bin/false");
    }

    @Test
    void aWholeLineThatNobodyKnowsCannotBeCompared() {
        var judged = subject().judge("passwd_file", "denylist_full_entry", "entry=lock:!!:20:20::/:/bin/false");

        assertThat(judged.unjudged())
                .extracting(Unjudged::reason)
                .containsExactly(
                        "what the account lock has in its password field is not known: the image was looked into"
                                + " without --retrieve /etc/passwd");
        assertThat(subject()
                        .judge("passwd_file", "denylist_full_entry", "entry=other:!!:20:20::/:/bin/false")
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(BundleText.of()
                        .rule("STOP", "passwd_file", "denylist_full_entry", "entry=x")
                        .bundle(false)
                        .needs()
                        .retrieved())
                .containsExactly("/etc/passwd");
    }

    @Test
    void anImageWithoutTheFileHasNoAccounts() {
        var without = image().with(nothing().noAccounts());

        assertThat(without.judge("passwd_file", "denylist_userids", "user_ids=0")
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(without.judge("passwd_file", "content_not_available").results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.frozenMessage())
                            .isEqualTo(
                                    "Cannot locate /etc/passwd in image stored files archive: check analyzer settings.");
                    assertThat(result.message()).isEqualTo("The image has no /etc/passwd");
                    assertThat(result.stableId()).isEqualTo("passwd_file:content_not_available:/etc/passwd");
                    assertThat(result.remedy().verb()).isEqualTo("Add the file /etc/passwd");
                });
        assertThat(subject().judge("passwd_file", "content_not_available").decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void accountsThatNobodyReadAreUnknown() {
        assertThat(image().judge("passwd_file", "denylist_userids", "user_ids=0")
                        .unjudged())
                .extracting(Unjudged::reason)
                .containsExactly(
                        "the accounts of /etc/passwd are not known: the image was looked into without the analyzer"
                                + " account-files");
        assertThat(image().withoutFiles()
                        .judge("passwd_file", "content_not_available")
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
        assertThat(subject()
                        .unread("etc/passwd", "line 7", "is no line of /etc/passwd")
                        .unread("etc/passwd", "", "is not retrieved: x")
                        .judge("passwd_file", "denylist_userids", "user_ids=3")
                        .unjudged())
                .extracting(Unjudged::reason)
                .containsExactly(
                        "/etc/passwd could not be read in full: /etc/passwd, line 7, is no line of /etc/passwd");
    }
}
