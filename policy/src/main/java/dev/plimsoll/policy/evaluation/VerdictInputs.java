package dev.plimsoll.policy.evaluation;

import dev.plimsoll.policy.Verdict.Input;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.waiver.Waivers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// Names everything that a verdict depends on, so that it can be told whether another run must give the same.
final class VerdictInputs {

    private VerdictInputs() {}

    /// Sorted by name, then by value.
    static List<Input> of(Bundle bundle, Waivers waivers, Evidence evidence, EvaluationOptions options) {
        var inputs = new ArrayList<Input>();
        var image = evidence.inventory().image();
        evidence.matches().dataDigests().forEach(digest -> inputs.add(new Input("advisory-data", digest)));
        evidence.matches().builtAt().ifPresent(at -> inputs.add(new Input("advisory-data-built", at.toString())));
        evidence.background()
                .inputs()
                .forEach(file -> inputs.add(new Input("background-" + file.name(), file.digest())));
        evidence.inventory().analyzers().forEach(analyzer -> inputs.add(new Input("analyzer", analyzer)));
        inputs.add(new Input("bundle", bundle.digest()));
        evidence.inventory().dockerfile().ifPresent(text -> inputs.add(new Input("dockerfile", sha256(text))));
        evidence.matches().release().ifPresent(release -> inputs.add(new Input("distribution", release.toString())));
        evidence.inventory().excluded().forEach(glob -> inputs.add(new Input("excluded", glob)));
        inputs.add(new Input("evaluated-at", evidence.at().toString()));
        evidence.inventory()
                .document()
                .ifPresent(
                        found -> inputs.add(new Input("document", found.digest().toString())));
        image.id().ifPresent(digest -> inputs.add(new Input("image-id", digest.toString())));
        image.manifestDigest().ifPresent(digest -> inputs.add(new Input("image-manifest", digest.toString())));
        inputs.add(new Input("image-name", evidence.name().toString()));
        inputs.add(new Input("option-allow-backtracking", Boolean.toString(bundle.allowBacktracking())));
        inputs.add(new Input(
                "option-only-fixed", Boolean.toString(evidence.matches().onlyFixed())));
        inputs.add(new Input("option-strict", Boolean.toString(options.strict())));
        inputs.add(
                new Input("option-unknown-severity", options.unknownSeverity().word()));
        inputs.add(new Input("option-unmapped", options.unmappedGo() ? "go" : "stop"));
        waivers.digests().forEach(digest -> inputs.add(new Input("waivers", digest)));
        inputs.sort(Comparator.comparing(Input::name).thenComparing(Input::value));
        return List.copyOf(inputs);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
