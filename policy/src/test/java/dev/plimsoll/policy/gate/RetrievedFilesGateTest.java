package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Collected.nothing;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.BundleProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Gate `retrieved_files`.
final class RetrievedFilesGateTest {

    private static final String TEXT =
            "Port 22\r\n# PermitRootLogin yes\n\nPermitRootLogin yes\nX11Forwarding no\n" + "PermitRootLogin yes\n";

    private static Fixture sshd() {
        return image().file("etc/ssh/sshd_config", 0644).with(nothing().retrieved("etc/ssh/sshd_config", TEXT));
    }

    private static Verdict judge(Fixture image, String regex, String check) {
        return image.judge(
                "retrieved_files", "content_regex", "path=/etc/ssh/sshd_config", "regex=" + regex, "check=" + check);
    }

    private static Verdict available(Fixture image, String path) {
        return image.judge("retrieved_files", "content_not_available", "path=" + path);
    }

    @Test
    void linesAreMatchedAtTheirBeginningWithTheirSpaces() {
        var result = judge(sshd(), "PermitRootLogin\\s+yes", "match").results().getFirst();

        assertThat(result.message()).isEqualTo("/etc/ssh/sshd_config matches PermitRootLogin\\s+yes in lines 4 and 6");
        assertThat(result.frozenMessage())
                .isEqualTo("Content regex 'PermitRootLogin\\s+yes' check 'match' found in retrieved file"
                        + " '/etc/ssh/sshd_config'");
        assertThat(result.triggerId()).isEqualTo("r1+file:///etc/ssh/sshd_config");
        assertThat(result.stableId())
                .isEqualTo("retrieved_files:content_regex:match:/etc/ssh/sshd_config:PermitRootLogin\\s+yes");
        assertThat(result.places()).extracting(place -> place.path()).containsExactly("etc/ssh/sshd_config");
    }

    @ParameterizedTest
    @CsvSource({
        "Port 22$, match, FAIL",
        "Port 22$, no_match, PASS",
        "PasswordAuthentication no, match, PASS",
        "PasswordAuthentication no, no_match, FAIL",
        "22, match, PASS",
        "$, match, FAIL",
    })
    void firesWhereALineMatchesOrWhereNoneDoes(String regex, String check, Decision decision) {
        assertThat(judge(sshd(), regex, check).decision()).isEqualTo(decision);
    }

    @Test
    void saysWhatToDo() {
        assertThat(judge(sshd(), "Port", "match").results())
                .extracting(result -> result.remedy().verb())
                .containsExactly("Take what matches Port out of /etc/ssh/sshd_config");
        assertThat(judge(sshd(), "Xort", "no_match").results())
                .extracting(result -> result.remedy().verb(), RuleResult::message)
                .containsExactly(tuple(
                        "Add a line that matches Xort to /etc/ssh/sshd_config",
                        "No line of /etc/ssh/sshd_config matches Xort"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"match", "no_match"})
    void aFileThatIsNotThereIsQuiet(String check) {
        assertThat(judge(image().with(nothing().retrievedNothing()), ".*", check)
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void aFileThatIsThereAndWasNotRetrievedIsUnknown() {
        var there = image().file("etc/ssh/sshd_config", 0644);

        assertThat(judge(there, "x", "no_match").unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("the content of /etc/ssh/sshd_config is not known: the image was looked into without"
                        + " --retrieve /etc/ssh/sshd_config");
        assertThat(available(there.with(nothing().retrievedNothing()), "/etc/ssh/sshd_config")
                        .unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("the content of /etc/ssh/sshd_config is not known: it was not retrieved (--retrieve"
                        + " /etc/ssh/sshd_config)");
        assertThat(available(
                                there.unread(
                                        "etc/ssh/sshd_config",
                                        "",
                                        "is not retrieved: its 9 bytes are over the limit of 8 (--max-retrieved-bytes)"),
                                "/etc/ssh/sshd_config")
                        .unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("/etc/ssh/sshd_config is not retrieved: its 9 bytes are over the limit of 8"
                        + " (--max-retrieved-bytes)");
        assertThat(available(image().withoutFiles(), "/a").unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("the content of /a is not known: the image was looked into without --retrieve /a");
    }

    @Test
    void aFileThatIsNotThereIsNotAvailable() {
        var verdict = available(sshd().file("etc/ssh", FileEntry.Kind.DIRECTORY, 0755, ""), "/nowhere");

        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.frozenMessage()).isEqualTo("Cannot locate file in the image analysis");
            assertThat(result.message()).isEqualTo("There is no file /nowhere");
            assertThat(result.stableId()).isEqualTo("retrieved_files:content_not_available:/nowhere");
            assertThat(result.remedy().verb()).isEqualTo("Add the file /nowhere");
        });
        assertThat(available(sshd().file("etc/ssh", FileEntry.Kind.DIRECTORY, 0755, ""), "/etc/ssh")
                        .results())
                .extracting(RuleResult::message)
                .containsExactly("/etc/ssh is a folder, not a file");
        assertThat(available(sshd(), "/etc/ssh/sshd_config").decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void linksAreFollowed() {
        var linked = image().file("usr", FileEntry.Kind.DIRECTORY, 0755, "")
                .file("usr/lib", FileEntry.Kind.DIRECTORY, 0755, "")
                .file("usr/lib/a", 0644)
                .link("lib", "usr/lib")
                .link("etc/b", "../lib/./a")
                .link("etc/loop", "loop")
                .link("etc/astray", "/nowhere")
                .file("etc", FileEntry.Kind.DIRECTORY, 0755, "")
                .with(nothing().retrieved("usr/lib/a", "x"));

        assertThat(available(linked, "/etc/b").decision()).isEqualTo(Decision.PASS);
        assertThat(available(linked, "/lib/a").decision()).isEqualTo(Decision.PASS);
        assertThat(available(linked, "/etc/loop").results())
                .extracting(RuleResult::message)
                .containsExactly("/etc/loop is a link that leads nowhere, not a file");
        assertThat(available(linked, "/etc/astray").decision()).isEqualTo(Decision.FAIL);
        assertThat(available(linked.with(nothing()), "/etc/b").unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("the content of /etc/b is not known: the image was looked into without --retrieve"
                        + " /usr/lib/a; that is where the path leads to");
    }

    @Test
    void aRunRetrievesWhatRulesAskFor() {
        var bundle = BundleText.of()
                .rule("STOP", "retrieved_files", "content_not_available", "path=/etc/a")
                .rule("STOP", "retrieved_files", "content_regex", "path=/etc/b", "regex=x", "check=match")
                .bundle(false);

        assertThat(bundle.needs().retrieved()).containsExactlyInAnyOrder("/etc/a", "/etc/b");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/os-release, /usr/lib/os-release",
        "/lib/a, /usr/lib/a",
        "/bin/sh, /usr/bin/sh",
        "/var/run/a, /run/a",
        "/library/a, ",
        "/usr/lib/a, ",
    })
    void aRunLooksWhereMostImagesLinkAPathTo(String path, String target) {
        assertThat(BundleText.of()
                        .rule("STOP", "retrieved_files", "content_not_available", "path=" + path)
                        .bundle(false)
                        .needs()
                        .retrieved())
                .containsExactlyInAnyOrder(target == null ? new String[] {path} : new String[] {path, target});
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/passwd", "/etc/*", "/etc/{a,b}", "/", "/etc/[a]", "/a?"})
    void aPathIsThePathOfOneFile(String path) {
        assertThat(BundleText.of()
                        .rule("STOP", "retrieved_files", "content_not_available", "path=" + path)
                        .reading(false)
                        .errors())
                .extracting(BundleProblem::toString)
                .containsExactly("/rule_sets/0/rules/0/params/0/value: the parameter 'path': '" + path
                        + "' must be the path of a file from the root of the image, without wildcards, such as"
                        + " /etc/passwd");
    }

    @Test
    void aPatternThatTakesTooLongIsUnknown() {
        var slow = image().file("etc/ssh/sshd_config", 0644)
                .with(nothing().retrieved("etc/ssh/sshd_config", "a".repeat(60) + "\n"))
                .allowingBacktracking();

        assertThat(judge(slow, "(?=a)(a|aa)+\\1b", "no_match").decision()).isEqualTo(Decision.UNKNOWN);
    }
}
