package dev.plimsoll.server.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.database.CompositeAdvisorySource;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.LeaseFinder;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.path.PathFinder;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.Waivers;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.Result;
import dev.plimsoll.report.formats.ReportFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the service answers is, byte for byte, what the command `check` prints of the same inventory, data, bundle and
/// waivers at the same instant: its steps are done here one by one, by the library that it uses.
final class CheckParityTest {

    private static final String BUNDLE = Service.bundle(
            "b", "low", "{\"grace\": [{\"days\": 7, \"from\": \"first_seen\", \"severity_at_least\": \"high\"}]}");

    private static final String WAIVERS = """
            version: 1
            waivers:
              - {id: w, scope: {packages: [axios]}, reason: accepted-risk, text: x, owner: y, until: 2026-06-20}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "cyclonedx-json"})
    void answersWhatTheCommandPrints(String format) throws Exception {
        try (var service = new Service(folder)) {
            // a single run knows of none before it
            service.tellsFirstSeen = false;
            service.activate(BUNDLE);
            service.api.put("/api/v1/waivers/team", WAIVERS);
            long revision = service.revision("lodash MEDIUM 4.17.21", "axios HIGH 1.5.0", "react LOW 3.0.0");
            long image = service.image(
                    "registry.example/shop:1", "lodash@4.17.0", "axios@1.0.0", "react@1.0.0", "vue@2.0.0");
            service.seconds(5);
            var answer = service.api.get(
                    "/api/v1/check?format=" + format + "&reference=registry.example/shop:1&at=" + service.now());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(command(service, image, revision, format));
        }
    }

    private static String command(Service service, long image, long revision, String format) throws IOException {
        byte[] text;
        try (var in = service.objects
                .read(service.one("select inventory_object from image where id = " + image, String.class))
                .orElseThrow()) {
            text = in.readAllBytes();
        }
        var inventory = InventoryReader.read(text);
        var source = new CompositeAdvisorySource(List.of(service.revisions.get(revision)));
        var bundles = List.of(BundleReader.read("bundle.json", BUNDLE.getBytes(StandardCharsets.UTF_8))
                .bundle()
                .orElseThrow());
        var waivers = Waivers.of(List.of(WaiverReader.read("team", WAIVERS.getBytes(StandardCharsets.UTF_8))));
        Function<Evidence, Verdict> judge =
                asked -> PolicyEvaluator.evaluate(bundles, waivers, asked, EvaluationOptions.DEFAULT);
        var evidence = new Evidence(
                inventory,
                Matcher.match(inventory, source, MatchOptions.DEFAULT),
                ImageName.parse("registry.example/shop:1"),
                service.now(),
                Background.none());
        var verdict = LeaseFinder.withLease(judge.apply(evidence), evidence, judge);
        var path = PathFinder.find(
                verdict,
                evidence,
                Action.STOP,
                (changed, excused) ->
                        PolicyEvaluator.evaluateExcusing(bundles, waivers, changed, EvaluationOptions.DEFAULT, excused),
                changed -> Matcher.match(changed, source, MatchOptions.DEFAULT));
        var out = new ByteArrayOutputStream();
        ReportFormats.named(format)
                .orElseThrow()
                .write(
                        new Result(
                                "test",
                                "registry.example/shop:1",
                                service.now(),
                                inventory,
                                Optional.of(evidence.matches()),
                                Optional.of(verdict),
                                Optional.of(path),
                                History.of(service.now(), Optional.empty())),
                        Presentation.PLAIN,
                        out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
