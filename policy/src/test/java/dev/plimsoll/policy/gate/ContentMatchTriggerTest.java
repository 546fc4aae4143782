package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Collected.nothing;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Collected;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.BundleProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trigger `files/content_regex_match`.
final class ContentMatchTriggerTest {

    private static final ContentMatch LICENCE = new ContentMatch("LICENCE", "srv/a.txt", 0, List.of(3));
    private static final ContentMatch TODO = new ContentMatch("todo", "srv/b.txt", 1, List.of(1, 2, 5, 9, 11));

    private static Verdict judge(Collected collected, String... parameters) {
        return image().with(collected).judge("files", "content_regex_match", parameters);
    }

    private static Collected searched() {
        return nothing().searched("LICENCE", "[Ll]icence", LICENCE).searched("todo", "TODO", TODO);
    }

    @Test
    void everySearchCountsWhereNoneIsNamed() {
        assertThat(judge(searched()).results())
                .extracting(RuleResult::stableId, RuleResult::frozenMessage, RuleResult::message)
                .containsExactlyInAnyOrder(
                        tuple(
                                "files:content_regex_match:LICENCE:/srv/a.txt",
                                "File content analyzer found regexp match in container: file=/srv/a.txt"
                                        + " regexp=LICENCE=[Ll]icence",
                                "/srv/a.txt matches the search LICENCE in line 3"),
                        tuple(
                                "files:content_regex_match:todo:/srv/b.txt",
                                "File content analyzer found regexp match in container: file=/srv/b.txt regexp=todo=TODO",
                                "/srv/b.txt matches the search todo in lines 1, 2, 5 and 2 more"));
    }

    @ParameterizedTest
    @CsvSource({"LICENCE, /srv/a.txt", "TODO, /srv/b.txt", "LICENCE=[Ll]icence, /srv/a.txt"})
    void aSearchIsMeantByItsNameItsExpressionOrBoth(String text, String path) {
        assertThat(judge(searched(), "regex_name=" + text).results())
                .singleElement()
                .satisfies(result -> assertThat(result.places())
                        .extracting(place -> "/" + place.path())
                        .containsExactly(path));
    }

    @Test
    void aSearchThatFoundNothingIsQuietAndOneThatWasNotMadeIsUnknown() {
        var collected = searched().searched("none", "x");

        assertThat(judge(collected, "regex_name=none").decision()).isEqualTo(Decision.PASS);
        assertThat(judge(collected, "regex_name=other").unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("nobody searched the contents of files for 'other': the image was looked into without"
                        + " --search other=REGEX");
        assertThat(judge(nothing()).unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("nobody searched the contents of files: the image was looked into without --search"
                        + " NAME=REGEX");
        assertThat(judge(nothing().matchesAlone(), "regex_name=LICENCE").decision())
                .as("of an older inventory nobody knows whether it was searched for")
                .isEqualTo(Decision.UNKNOWN);
        assertThat(judge(nothing().matchesAlone(LICENCE), "regex_name=LICENCE").decision())
                .isEqualTo(Decision.FAIL);
    }

    @Test
    void anExpressionIsSearchedForAtTheBeginningOfLines() {
        var bundle = BundleText.of()
                .rule("STOP", "files", "content_regex_match", "regex_name=PASSWORD=.*password: \\w+")
                .rule("STOP", "files", "content_regex_match", "regex_name=secret=.*")
                .rule("STOP", "files", "content_regex_match", "regex_name=LICENCE")
                .bundle(false);

        var searches = bundle.needs().searches().stream().sorted().toList();
        assertThat(searches).extracting(ContentSearch::name).containsExactly("PASSWORD=.*password: \\w+", "secret=.*");
        assertThat(com.google.re2j.Pattern.compile(searches.getFirst().expression())
                        .matcher("the password: x")
                        .find())
                .isTrue();
        assertThat(searches.getLast().expression())
                .as("a name in small letters is no name")
                .isEqualTo("^(?:secret\\=.*)");
        assertThat(com.google.re2j.Pattern.compile(searches.getLast().expression())
                        .matcher("a secret=1")
                        .find())
                .isFalse();
    }

    @Test
    void theRulesOwnExpressionIsWhatAnchoreWouldCallIt() {
        var name = "PASSWORD=.*password";
        var collected = nothing().searched(name, "^(?:.*password)", new ContentMatch(name, "a", 0, List.of(1)));

        assertThat(judge(collected, "regex_name=" + name).results())
                .extracting(RuleResult::frozenMessage)
                .containsExactly(
                        "File content analyzer found regexp match in container: file=/a regexp=PASSWORD=.*password");
        assertThat(judge(nothing(), "regex_name=" + name).unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("nobody searched the contents of files for '" + name + "': the image was looked into"
                        + " without that search: --policy with this bundle, or --search NAME=REGEX");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a(b    | cannot be used: ",
                "(?=a)b | cannot be used: ",
            })
    void anExpressionThatCannotBeUsedIsAnError(String expression, String start) {
        assertThat(BundleText.of()
                        .rule("STOP", "files", "content_regex_match", "regex_name=" + expression)
                        .reading(false)
                        .errors())
                .extracting(BundleProblem::toString)
                .singleElement()
                .asString()
                .startsWith("/rule_sets/0/rules/0/params/0/value: the parameter 'regex_name' " + start);
    }

    @Test
    void contentsAreNotSearchedWithBacktracking() {
        assertThat(BundleText.of()
                        .rule("STOP", "files", "content_regex_match", "regex_name=(?=a)b")
                        .reading(true)
                        .errors())
                .extracting(BundleProblem::toString)
                .containsExactly(
                        "/rule_sets/0/rules/0/params/0/value: the parameter 'regex_name' cannot be used: contents"
                                + " are searched without backtracking");
    }

    @Test
    void matchesThatWereLeftOutAreUnknown() {
        assertThat(image().with(nothing().searched("none", "x"))
                        .unread("", "", "over 4000 files with matches; the others are not listed")
                        .judge("files", "content_regex_match", "regex_name=none")
                        .unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("not all matches are known: over 4000 files with matches; the others are not listed");
    }
}
