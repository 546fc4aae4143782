package dev.plimsoll.server.advisories;

import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.PackageMatches;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One vulnerability of one distinct package, as it is stored.
///
/// @param vulnerability the id that it is printed by
/// @param ids all of its ids
/// @param severity a word: `high`
/// @param fixState a word: `not-fixed`
/// @param suppressed why it does not count, empty where it does
/// @param fingerprint of everything that a policy may ask of it, in hexadecimal digits. Exploitation is no part of it:
///     that is asked for when a policy is evaluated. Nor are summary and link, which no policy asks for.
record MatchRow(
        int packageId,
        String vulnerability,
        List<String> ids,
        String severity,
        String fixState,
        List<String> fixedIn,
        Optional<String> suppressed,
        String fingerprint) {

    /// Bytes of the digest that are kept.
    private static final int KEPT = 16;

    MatchRow {
        ids = List.copyOf(ids);
        fixedIn = List.copyOf(fixedIn);
    }

    /// What was found of a package, one row for each id.
    static Collection<MatchRow> of(int packageId, PackageMatches matches) {
        Map<String, MatchRow> rows = new LinkedHashMap<>();
        matches.findings().forEach(finding -> rows.putIfAbsent(finding.id(), of(packageId, finding, Optional.empty())));
        matches.suppressed()
                .forEach(each -> rows.putIfAbsent(
                        each.finding().id(), of(packageId, each.finding(), Optional.of(each.reason()))));
        return rows.values();
    }

    private static MatchRow of(int packageId, Finding finding, Optional<String> suppressed) {
        return new MatchRow(
                packageId,
                column(finding.id()),
                finding.ids().stream().map(MatchRow::column).toList(),
                finding.severity().word(),
                finding.fixState().word(),
                finding.fixedIn().stream().map(MatchRow::column).toList(),
                suppressed.map(MatchRow::column),
                fingerprint(finding, suppressed));
    }

    /// As a column takes it: PostgreSQL's texts hold no NUL, and lists are sent with line feeds between their texts.
    private static String column(String text) {
        return text.replace('\0', '\uFFFD').replace('\n', ' ');
    }

    private static String fingerprint(Finding finding, Optional<String> suppressed) {
        var sum = sha256();
        for (var part : new Object[] {
            finding.id(),
            finding.ids(),
            finding.severity(),
            finding.severitySource(),
            finding.cvss(),
            finding.fixState(),
            finding.fixedIn(),
            finding.reasons(),
            finding.published(),
            finding.fixDate(),
            suppressed
        }) {
            // records, lists and texts of them: their words are the same wherever they are written
            var bytes = part.toString().getBytes(StandardCharsets.UTF_8);
            sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sum.update(bytes);
        }
        return HexFormat.of().formatHex(sum.digest(), 0, KEPT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether a match of that id and those ids is the same vulnerability by another name: one of the two is printed
    /// by an id that the other has too. Ids of errata, which several share, make no two of them one.
    boolean means(MatchRow other) {
        return ids.contains(other.vulnerability) || other.ids.contains(vulnerability);
    }
}
