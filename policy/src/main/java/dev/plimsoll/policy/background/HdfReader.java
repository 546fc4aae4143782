package dev.plimsoll.policy.background;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.background.StigEvaluation.Severity;
import dev.plimsoll.policy.background.StigEvaluation.Status;
import dev.plimsoll.policy.background.StigEvaluation.StigControl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the Heimdall Data Format: what InSpec and cinc-auditor write with `--reporter json` (profiles with controls),
/// and its newer form (baselines with requirements).
///
/// Source: InSpec's schema `exec-json`; MITRE, "HDF Results" 3.4 and "Legacy HDF Migration". What amends a result, a
/// waiver or an override, does not count here: a bundle's own allowlists and waivers say what is accepted.
final class HdfReader {

    /// In values, of a profile.
    static final int MAX_VALUES = 1_000_000;

    /// Words of one form for the same things.
    private record Form(String controls, String started) {}

    private static final Form OLDER = new Form("controls", "start_time");
    private static final Form NEWER = new Form("requirements", "startTime");

    private final List<StigEvaluation> evaluations = new ArrayList<>();
    private int controls;

    private HdfReader() {}

    static List<StigEvaluation> read(byte[] text) throws IOException {
        return new HdfReader().evaluations(text);
    }

    private List<StigEvaluation> evaluations(byte[] text) throws IOException {
        var root = JsonReader.readObject(
                new ByteArrayInputStream(text),
                JsonLimits.FOREIGN.withBytes(StigReader.MAX_BYTES),
                Set.of("platform", "timestamp", "components", "version"),
                Map.of(
                        "profiles",
                        (index, element) -> evaluations.add(evaluation(Part.of(element, "/profiles/" + index), OLDER)),
                        "baselines",
                        (index, element) ->
                                evaluations.add(evaluation(Part.of(element, "/baselines/" + index), NEWER))),
                MAX_VALUES);
        if (root.get("profiles").isEmpty() && root.get("baselines").isEmpty()) {
            throw new JsonException("it is JSON, and no HDF: it has neither 'profiles' nor 'baselines'");
        }
        var at = new Part(root, "").optionalText("timestamp").flatMap(StigInstant::parse);
        var target = target(root);
        return evaluations.stream()
                .map(found -> new StigEvaluation(
                        found.format(), found.profile(), found.evaluatedAt().or(() -> at), target, found.controls()))
                .toList();
    }

    private static String target(JsonObject root) {
        var platform = root.object("platform");
        return StigControls.shortened(platform.string("target_id")
                .or(() -> platform.string("name"))
                .or(() -> root.objects("components").stream()
                        .flatMap(component -> component.string("name").stream())
                        .findFirst())
                .orElse(""));
    }

    private StigEvaluation evaluation(Part profile, Form form) throws JsonException {
        var read = new StigControls();
        var last = Optional.<Instant>empty();
        for (var control : profile.parts(form.controls(), StigReader.MAX_CONTROLS)) {
            if (++controls > StigReader.MAX_CONTROLS) {
                throw Part.wrong(control.place(), "over " + StigReader.MAX_CONTROLS + " controls");
            }
            var statuses = new ArrayList<Status>();
            for (var result : control.parts("results", MAX_VALUES)) {
                statuses.add(status(result));
                last = later(last, result.optionalText(form.started()).flatMap(StigInstant::parse));
            }
            read.add(control(control, statuses));
        }
        return new StigEvaluation(
                "HDF",
                profile.optionalText("name")
                        .or(() -> profile.object().string("title"))
                        .map(StigControls::shortened)
                        .filter(name -> !name.isEmpty())
                        .orElse("unnamed"),
                last,
                "",
                read.list());
    }

    private static StigControl control(Part control, List<Status> statuses) throws JsonException {
        var tags = control.object().object("tags");
        var impact = control.object().number("impact");
        var applies = impact.isEmpty() || impact.get().signum() > 0;
        var status = applies
                ? statuses.stream().min(Comparator.naturalOrder()).orElse(Status.NOT_REVIEWED)
                : Status.NOT_APPLICABLE;
        return new StigControl(
                StigControls.shortened(control.text("id")),
                Stream.of("gid", "rid", "stig_id")
                        .flatMap(name -> tags.string(name).stream())
                        .map(StigControls::shortened)
                        .toList(),
                StigControls.shortened(control.object().string("title").orElse("")),
                severity(control, tags, impact),
                status);
    }

    private static Optional<Severity> severity(Part control, JsonObject tags, Optional<BigDecimal> impact) {
        return control.object()
                .string("severity")
                .or(() -> tags.string("severity"))
                .flatMap(StigControls::severity)
                .or(() -> impact.flatMap(StigControls::severity));
    }

    /// InSpec tells an error as a failure with a backtrace.
    private static Status status(Part result) throws JsonException {
        var word = result.optionalText("status").orElse("");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "passed" -> Status.PASSED;
            case "failed" -> result.has("backtrace") ? Status.ERROR : Status.FAILED;
            case "error" -> Status.ERROR;
            case "skipped", "notreviewed", "" -> Status.NOT_REVIEWED;
            case "notapplicable" -> Status.NOT_APPLICABLE;
            default -> throw Part.wrong(result.place() + "/status", "it is none of HDF's words for a result");
        };
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
}
