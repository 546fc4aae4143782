package dev.plimsoll.inventory.rpm;

import static dev.plimsoll.inventory.rpm.HeaderBytes.ofPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Databases of the kinds ndb and Berkeley DB, and lists of images without rpm.
class OlderDatabasesFuzzTest {

    private static final byte[] NDB =
            NdbBytes.of(List.of(ofPackage("a", "1", "1").build()));

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesGivePackagesAndUnknownsOnly(byte[] bytes) {
        for (var name : List.of("Packages", "Packages.db")) {
            assertThat(Analyzed.by(new RpmDatabaseAnalyzer(), "var/lib/rpm/" + name, bytes)
                            .packages())
                    .allMatch(found -> !found.name().isEmpty());
            Analyzed.by(new RpmFileClaimsAnalyzer(), "var/lib/rpm/" + name, bytes);
        }
        Analyzed.by(new ContainerManifestAnalyzer(), "var/lib/rpmmanifest/container-manifest-2", bytes);
    }

    /// Good ones, and changes of them.
    static Stream<byte[]> seeds() {
        return Stream.of(NDB, berkeley(ByteOrder.LITTLE_ENDIAN), berkeley(ByteOrder.BIG_ENDIAN))
                .flatMap(good -> Stream.concat(
                        Stream.of(good),
                        Stream.iterate(0, at -> at < Math.min(good.length, 2048), at -> at + 61)
                                .map(at -> {
                                    var other = good.clone();
                                    other[at] ^= (byte) (1 << (at % 8));
                                    return other;
                                })));
    }

    /// A page of entries, of which the value lies on a page of its own.
    private static byte[] berkeley(ByteOrder order) {
        var header = ofPackage("a", "1", "1").build();
        var bytes = ByteBuffer.allocate(3 * 512).order(order);
        bytes.putInt(12, 0x061561)
                .putInt(16, 9)
                .putInt(20, 512)
                .put(25, (byte) 8)
                .putInt(32, 2);
        var page = 512;
        bytes.putShort(page + 20, (short) 2).put(page + 25, (byte) 13);
        bytes.putShort(page + 26, (short) (512 - 5)).putShort(page + 28, (short) (512 - 17));
        bytes.put(page + 507, (byte) 1).putInt(page + 508, 1);
        bytes.put(page + 495, (byte) 3).putInt(page + 499, 2).putInt(page + 503, header.length);
        bytes.putShort(1024 + 22, (short) header.length).put(1024 + 25, (byte) 7);
        return bytes.put(1024 + 26, header).array();
    }
}
