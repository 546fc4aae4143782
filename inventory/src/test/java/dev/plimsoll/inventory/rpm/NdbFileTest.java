package dev.plimsoll.inventory.rpm;

import static dev.plimsoll.inventory.rpm.HeaderBytes.ofPackage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NdbFileTest {

    private static final String PATH = "usr/lib/sysimage/rpm/Packages.db";

    private final byte[] good = NdbBytes.of(List.of(
            ofPackage("a", "1", "1").build(),
            ofPackage("gpg-pubkey", "1", "1").build(),
            ofPackage("b", "2", "1").build()));

    private static Analyzed analyze(byte[] bytes) {
        return Analyzed.by(new RpmDatabaseAnalyzer(), PATH, bytes);
    }

    @Test
    void everyHeaderIsRead() {
        assertThat(analyze(good).names()).containsExactly("a 1-1", "b 2-1");
        assertThat(analyze(good).unknowns()).isEmpty();
    }

    @Test
    void anEmptyDatabaseHasNoPackages() {
        assertThat(analyze(NdbBytes.of(List.of()))).isEqualTo(new Analyzed(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, the database is damaged, the rest was not read: it does not begin as ndb does",
        "4, the database is damaged, the rest was not read: it is of version 1 of ndb; 0 is read",
        "15, the database is damaged, the rest was not read: its pages of slots lie beyond its end",
        "64, the database is damaged, the rest was not read: there is no slot at byte 64",
    })
    void aBrokenHeadOrSlotEndsTheReading(int at, String reason, String rest) {
        var broken = good.clone();
        broken[at] ^= 1;

        assertThat(analyze(broken).unknowns()).containsExactly(reason + ", " + rest);
    }

    @ParameterizedTest
    @CsvSource({
        "36, header 0: there is no such header where its slot points",
        "4096, header 1: there is no such header where its slot points",
        "4108, header 1: there is no such header where its slot points",
        "4130, header 1: its checksum does not fit",
        "43, header 1: it lies beyond the end of the database",
        "47, header 1: it lies beyond the end of the database",
    })
    void aBrokenHeaderCostsThatHeader(int at, String reason) {
        var broken = good.clone();
        broken[at] = (byte) (broken[at] ^ (at == 36 ? 0x40 : 1));
        var analyzed = analyze(broken);

        assertThat(analyzed.names()).containsExactly("b 2-1");
        assertThat(analyzed.unknowns()).containsExactly(at == 36 ? reason.replace("header 0", "header 65") : reason);
    }

    @Test
    void headersThatLieUponEachOtherEndTheReading() {
        var shared = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i < 254; i++) {
            shared.putInt(32 + 16 * i + 4, 1).putInt(32 + 16 * i + 8, 256).putInt(32 + 16 * i + 12, shared.getInt(44));
        }

        assertThat(analyze(shared.array()).unknowns())
                .containsExactly("the database is damaged, the rest was not read: its headers lie upon each other");
    }

    @Test
    void aDatabaseThatIsCutOffIsUnknown() {
        for (int length = 1; length < good.length; length += 61) {
            assertThat(analyze(Arrays.copyOf(good, length)).unknowns()).isNotEmpty();
        }
    }
}
