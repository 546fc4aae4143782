package dev.plimsoll.image.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys as openssl writes them.
class PemTest {

    @TempDir
    Path folder;

    @BeforeEach
    void needsOpenssl() {
        Tools.needed(Tools.isOnPath("openssl"), "openssl");
    }

    @Test
    void anRsaKeyOfTheOlderFormIsTheSameAsOfTheNewer() throws Exception {
        var newer = made("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out");
        var older = folder.resolve("older.pem");
        Tools.run("openssl", "rsa", "-traditional", "-in", newer.toString(), "-out", older.toString());

        assertThat(Files.readString(newer)).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(Files.readString(older)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(Pem.privateKey(older)).isEqualTo(Pem.privateKey(newer));
    }

    @Test
    void keysOfCurvesAreReadToo() throws Exception {
        assertThat(Pem.privateKey(made("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out"))
                        .getAlgorithm())
                .isEqualTo("EC");
        assertThat(Pem.privateKey(made("genpkey -algorithm ED25519 -out")).getAlgorithm())
                .isEqualTo("EdDSA");
    }

    @Test
    void aLockedKeyIsToldAsOne() throws Exception {
        var locked = made("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:secret -out");
        var older = made("genrsa -aes128 -passout pass:secret -traditional -out");

        for (var file : new Path[] {locked, older}) {
            assertThatThrownBy(() -> Pem.privateKey(file))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("locked by a pass phrase")
                    .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        }
    }

    @Test
    void whatHoldsNoKeyOrCertificateIsTold() throws Exception {
        var empty = Files.writeString(folder.resolve("empty.pem"), "");
        var damaged = Files.writeString(
                folder.resolve("damaged.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        var long1 = Files.write(folder.resolve("long.pem"), new byte[Pem.MAX_FILE + 1]);

        assertThatThrownBy(() -> Pem.certificates(empty)).hasMessageContaining("holds no certificate in PEM form");
        assertThatThrownBy(() -> Pem.privateKey(empty)).hasMessageContaining("holds no private key");
        var noBase64 = Files.writeString(
                folder.resolve("no64.pem"), "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Pem.privateKey(damaged)).hasMessageContaining("damaged key");
        assertThatThrownBy(() -> Pem.privateKey(noBase64)).isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> Pem.privateKey(long1)).hasMessageContaining("longer than");
        assertThatThrownBy(() -> Pem.privateKey(folder.resolve("none.pem"))).isInstanceOf(ImageException.class);
    }

    private Path made(String arguments) throws Exception {
        var file = Files.createTempFile(folder, "key", ".pem");
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        command.add(file.toString());
        Tools.run(command.toArray(String[]::new));
        return file;
    }
}
