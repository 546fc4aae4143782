package dev.plimsoll.report;

import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.report.Sheet.Ink;
import java.util.List;

/// Secrets and malware, where they were looked for.
final class ContentsTable {

    /// In rows of each list, where no detail was asked for.
    private static final int SHOWN = 20;

    private ContentsTable() {}

    static void write(Sheet sheet, Presentation presentation, Contents contents) {
        contents.secrets().ifPresent(secrets -> secrets(sheet, presentation, secrets));
        contents.malware().ifPresent(scan -> malware(sheet, presentation, scan));
    }

    private static void secrets(Sheet sheet, Presentation presentation, List<Secret> secrets) {
        if (secrets.isEmpty()) {
            sheet.heading(Ink.GOOD, "SECRETS: none found");
            return;
        }
        sheet.heading(Ink.BAD, "SECRETS (" + secrets.size() + ")");
        rows(
                sheet,
                presentation,
                secrets.stream()
                        .map(secret -> secret.rule() + "  "
                                + (secret.path().startsWith("config:") ? "" : "/") + secret.path()
                                + (secret.line() > 0 ? ":" + secret.line() : "")
                                + (secret.layer().isPresent()
                                        ? " in layer " + (secret.layer().getAsInt() + 1)
                                        : "")
                                + (secret.deleted() ? ", deleted by a higher layer and still in the image" : ""))
                        .toList());
    }

    private static void malware(Sheet sheet, Presentation presentation, MalwareScan scan) {
        var engine = scan.engine().isEmpty()
                ? ""
                : " by " + scan.engine() + (scan.signatures().isEmpty() ? "" : " (" + scan.signatures() + ")");
        if (scan.outcome() == MalwareScan.Outcome.NOT_REACHABLE) {
            sheet.heading(Ink.BAD, "MALWARE: the virus scanner did not answer; what it was not shown is not known");
        } else if (scan.findings().isEmpty()) {
            sheet.heading(Ink.GOOD, PlainText.of("MALWARE: none found" + engine));
        }
        if (!scan.findings().isEmpty()) {
            sheet.heading(Ink.BAD, PlainText.of("MALWARE (" + scan.findings().size() + ")" + engine));
            rows(
                    sheet,
                    presentation,
                    scan.findings().stream()
                            .map(finding -> finding.signature() + "  /" + finding.path() + " in layer "
                                    + (finding.layer() + 1)
                                    + (finding.deleted() ? ", deleted by a higher layer and still in the image" : ""))
                            .toList());
        }
        if (!scan.notScanned().isEmpty()) {
            sheet.heading(
                    Ink.CAREFUL, "NOT SCANNED for malware (" + scan.notScanned().size() + ")");
            rows(
                    sheet,
                    presentation,
                    scan.notScanned().stream()
                            .map(file -> "/" + file.path() + ": " + file.reason())
                            .toList());
        }
    }

    private static void rows(Sheet sheet, Presentation presentation, List<String> rows) {
        int shown = presentation.detail() ? rows.size() : Math.min(SHOWN, rows.size());
        for (var row : rows.subList(0, shown)) {
            sheet.hanging("  ", Ink.PLAIN, PlainText.of(row));
        }
        if (shown < rows.size()) {
            sheet.hanging("  ", Ink.PLAIN, "and " + (rows.size() - shown) + " more (--verbose shows all)");
        }
    }
}
