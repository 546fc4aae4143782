package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What people read of the roles is what the roles are.
final class RoleTableTest {

    @Test
    void isWhatTheDocumentationSays() throws IOException {
        var root = Path.of(System.getProperty("plimsoll.root", ".."));
        var rows = Files.readAllLines(root.resolve("docs/accounts.md")).stream()
                .filter(line -> line.matches("\\| `[a-z_]+` \\|.*"))
                .toList();
        assertThat(rows).containsExactlyElementsOf(expected());
    }

    private static List<String> expected() {
        var rows = new ArrayList<String>();
        for (var permission : Permission.values()) {
            if (permission == Permission.NONE || permission == Permission.KNOWN) {
                continue;
            }
            var row = new StringBuilder("| `" + Grants.word(permission) + "` |");
            for (var role : Role.values()) {
                row.append(cell(role, permission));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static String cell(Role role, Permission permission) {
        if (Grants.of(role, false).contains(permission)) {
            return " ✓ |";
        }
        return Grants.of(role, true).contains(permission) ? " of the first account |" : " |";
    }
}
