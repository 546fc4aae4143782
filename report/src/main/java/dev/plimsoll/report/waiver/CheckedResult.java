package dev.plimsoll.report.waiver;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a result of `check -o json` says of waivers (docs/result-format.md, since 1.3).
///
/// @param imageName `registry/repository:tag`; `*` where the image has none
/// @param digest of the manifest, empty where it is not known
/// @param findings what rules found about vulnerabilities
/// @param uses what became of the waivers
/// @param waiverDigests of the files of waivers that the verdict was made with
public record CheckedResult(
        String imageName,
        Optional<String> digest,
        List<CheckedFinding> findings,
        List<Use> uses,
        List<String> waiverDigests) {

    /// In bytes: an image with some thousand findings.
    public static final int MAX_LENGTH = 128 << 20;

    /// A DSA or an RHSA is about several, so it is no other name of one.
    private static final Pattern ONE_VULNERABILITY = Pattern.compile("(CVE|GHSA)-.+");

    public CheckedResult {
        findings = List.copyOf(findings);
        uses = List.copyOf(uses);
        waiverDigests = List.copyOf(waiverDigests);
    }

    /// A result of a rule about a vulnerability in a package.
    ///
    /// @param aliases its other ids that mean it alone, sorted
    /// @param waiver the id of the waiver that covers it, empty where none does
    public record CheckedFinding(String id, List<String> aliases, String purl, Optional<String> waiver) {
        public CheckedFinding {
            aliases = List.copyOf(aliases);
        }
    }

    /// @param state `pending`, `valid`, `expired`
    public record Use(String waiver, String state, int results, List<String> broad) {
        public Use {
            broad = List.copyOf(broad);
        }
    }

    /// @throws JsonException where the text is no result of `check`; the message follows the file's name
    public static CheckedResult read(byte[] text) throws JsonException {
        if (!(JsonReader.read(text, JsonLimits.FOREIGN.withBytes(MAX_LENGTH)) instanceof JsonObject result)
                || result.get("verdict").isEmpty()) {
            throw new JsonException("is no result of `plimsoll check -o json`: it has no verdict");
        }
        var verdict = result.object("verdict");
        Map<String, List<String>> ids = new HashMap<>();
        for (var finding : result.objects("findings")) {
            finding.string("id").ifPresent(id -> ids.put(id, finding.strings("ids")));
        }
        var findings = new ArrayList<CheckedFinding>();
        for (var item : verdict.objects("results")) {
            var finding = item.object("finding");
            finding.string("id")
                    .ifPresent(id -> findings.add(new CheckedFinding(
                            id,
                            ids.getOrDefault(id, List.of()).stream()
                                    .filter(other -> !other.equals(id)
                                            && ONE_VULNERABILITY.matcher(other).matches())
                                    .sorted()
                                    .distinct()
                                    .toList(),
                            finding.string("purl").orElse(""),
                            item.object("waived").string("waiver"))));
        }
        return new CheckedResult(
                verdict.string("imageName").orElse("*"),
                result.object("image").string("manifestDigest"),
                findings,
                verdict.objects("waivers").stream().map(CheckedResult::use).toList(),
                verdict.objects("inputs").stream()
                        .filter(input -> input.string("name").equals(Optional.of("waivers")))
                        .flatMap(input -> input.string("value").stream())
                        .toList());
    }

    private static Use use(JsonObject use) {
        int results = use.get("results").orElse(new JsonNumber(BigDecimal.ZERO)) instanceof JsonNumber(var number)
                        && number.signum() > 0
                        && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                ? number.intValue()
                : 0;
        return new Use(use.string("id").orElse(""), use.string("state").orElse(""), results, use.strings("broad"));
    }
}
