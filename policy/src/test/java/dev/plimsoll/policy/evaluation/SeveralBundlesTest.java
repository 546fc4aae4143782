package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Input;
import dev.plimsoll.policy.bundle.Bundle;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Several bundles judge one image: each on its own, and the worst verdict counts.
final class SeveralBundlesTest {

    private static Bundle named(String id, BundleText text) {
        return Fixture.read(text.json().replace("\"id\":\"b\",\"name\":\"B\"", "\"id\":\"" + id + "\",\"name\":\"\""));
    }

    private static BundleText always(String action) {
        return BundleText.of().rule(action, "always", "always");
    }

    private static Verdict judge(Bundle... bundles) {
        return image().judge(List.of(bundles));
    }

    private static List<String> results(Verdict verdict) {
        return verdict.results().stream()
                .map(result -> result.action().word() + " " + result.ruleSetId() + " " + result.ruleId())
                .toList();
    }

    @Test
    void theWorstVerdictCounts() {
        var verdict = judge(named("a", always("WARN")), named("b", always("STOP")), named("c", always("GO")));

        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
        assertThat(verdict.finalAction()).isEqualTo(Action.STOP);
        assertThat(verdict.bundle().id()).isEqualTo("b");
        assertThat(verdict.explanation()).isEqualTo("By b: 1 result stops it");
        assertThat(results(verdict)).containsExactly("stop b/set r1", "warn a/set r1", "go c/set r1");
        assertThat(verdict.mapping().orElseThrow().ruleSetIds()).containsExactly("b/set");
        assertThat(verdict.bundles())
                .extracting(part -> part.bundle().id() + " " + part.decision() + " " + part.finalAction())
                .containsExactly("a PASS WARN", "b FAIL STOP", "c PASS GO");
    }

    @Test
    void ofPassesTheMostSevereActionCounts() {
        var verdict = judge(named("a", always("GO")), named("b", always("WARN")));

        assertThat(verdict.decision()).isEqualTo(Decision.PASS);
        assertThat(verdict.finalAction()).isEqualTo(Action.WARN);
    }

    @Test
    void namesTheDigestsOfAll() {
        var first = named("a", always("GO"));
        var second = named("b", always("WARN"));

        assertThat(judge(first, second).inputs())
                .filteredOn(input -> input.name().equals("bundle"))
                .extracting(Input::value)
                .containsExactlyInAnyOrder(first.digest(), second.digest());
        assertThat(judge(first, second).inputs()).doesNotHaveDuplicates();
    }

    @Test
    void oneBundleIsAsEver() {
        var bundle = named("a", always("STOP"));

        assertThat(judge(bundle)).isEqualTo(image().judge(bundle));
        assertThat(judge(bundle).bundles()).isEmpty();
        assertThat(results(judge(bundle))).containsExactly("stop set r1");
    }

    @Test
    void allowlistsAreOfTheirOwnBundle() {
        var verdict = judge(named("a", always("STOP").item("always", "always")), named("b", always("STOP")));

        assertThat(results(verdict)).containsExactly("stop b/set r1", "go a/set r1");
        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
    }

    @Test
    void whoDoesNotCoverTheImageHasNoSayWhereAnotherDoes() {
        var other = named("other", always("STOP").mapped("m", "elsewhere.example", "*", "tag", "*"));

        var verdict = judge(other, named("a", always("WARN")));
        assertThat(verdict.decision()).isEqualTo(Decision.PASS);
        assertThat(verdict.bundle().id()).isEqualTo("a");
        assertThat(verdict.bundles().getFirst().reason()).isEqualTo("unmapped");

        var alone = judge(other, named("third", always("STOP").mapped("m", "elsewhere.example", "*", "tag", "*")));
        assertThat(alone.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(alone.reason()).isEqualTo("unmapped");
    }

    @Test
    void anImageThatOneDeniesFailsWhateverOthersAllow() {
        var denying = named("a", BundleText.of().denying("*", "*", "tag", "*"));
        var allowing = named("b", always("STOP").allowing("*", "*", "tag", "*"));

        assertThat(judge(allowing, denying).reason()).isEqualTo("denylisted");
        assertThat(judge(allowing, named("c", always("GO"))).decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void theOrderChangesNoResult() {
        var first = named("a", always("STOP"));
        var second = named("b", always("STOP"));

        assertThat(judge(first, second).results())
                .isEqualTo(judge(second, first).results());
        assertThat(judge(first, second).bundle().id()).as("the first of equals").isEqualTo("a");
    }
}
