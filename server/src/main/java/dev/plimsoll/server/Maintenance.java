package dev.plimsoll.server;

import dev.plimsoll.server.backup.Backup;
import dev.plimsoll.server.backup.Doctor;
import dev.plimsoll.server.backup.Finding;
import dev.plimsoll.server.backup.Finding.Severity;
import dev.plimsoll.server.backup.Restore;
import dev.plimsoll.server.backup.SecretsCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// What an operator does beside running the service. The embedded database is started for it where the service does not
/// run.
record Maintenance(Storage storage, PrintStream out, InstantSource clock) {

    int backup(Path file) throws IOException {
        var summary = new Backup(storage.address(), storage.objects(), Version.text(), clock).write(file);
        out.println("written to " + file + ": " + summary.text());
        return summary.missing().isEmpty() ? 0 : 1;
    }

    int restore(Path file) throws IOException {
        out.println("restored: "
                + new Restore(storage.address(), storage.objects()).read(file).text());
        return 0;
    }

    /// @return 1 where something is broken
    int doctor(boolean fix, boolean thorough) {
        var findings = new Doctor(
                        storage.address(),
                        storage.objects(),
                        clock,
                        List.of(storage.places().data()),
                        List.of(new SecretsCheck(storage.box()), new AuditCheck()))
                .examine(new Doctor.Extent(thorough, fix));
        findings.forEach(this::tell);
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR) ? 1 : 0;
    }

    private void tell(Finding finding) {
        var word = switch (finding.severity()) {
            case NOTE -> "note   ";
            case WARNING -> "WARNING";
            case ERROR -> "ERROR  ";
        };
        out.println(word + "  " + finding.what()
                + (finding.remedy().isEmpty() ? "" : "\n         to do: " + finding.remedy()));
    }
}
