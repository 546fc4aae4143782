package dev.plimsoll.inventory.nix;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;

class NixDatabaseFuzzTest {

    @FuzzTest
    void anyBytesGiveFactsOrUnknowns(byte[] bytes) {
        var analyzed = Analyzed.by(new NixDatabaseAnalyzer(), "nix/var/nix/db/db.sqlite", bytes);

        assertThat(analyzed.packages()).isEmpty();
        assertThat(Analyzed.by(new NixDatabaseAnalyzer(), "nix/var/nix/db/db.sqlite-wal", bytes)
                        .facts())
                .isEmpty();
    }
}
