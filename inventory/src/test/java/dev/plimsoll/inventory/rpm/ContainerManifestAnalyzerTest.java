package dev.plimsoll.inventory.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerManifestAnalyzerTest {

    @Test
    void everyLineIsAPackage() {
        var analyzed = Analyzed.by(new ContainerManifestAnalyzer(), PackageDatabases.RPM_MANIFEST, """
                glibc\t2.35-1.cm2\t1653816591\t1653628955\tMicrosoft Corporation\t(none)\t10855265\tx86_64\t0\tglibc-2.35-1.cm2.src.rpm
                openssl\t1.1.1k-15.cm2\t1653816591\t1653631609\tMicrosoft Corporation\t(none)\t1286337\tx86_64\t2\topenssl-1.1.1k-15.cm2.src.rpm
                gpg-pubkey\t1-1\t1\t1\t(none)\t(none)\t0\t(none)\t0\t(none)
                broken\tline
                """);

        assertThat(analyzed.names()).containsExactly("glibc 2.35-1.cm2", "openssl 2:1.1.1k-15.cm2");
        assertThat(analyzed.unknowns()).containsExactly("line 4: not the 10 fields of a package");
        var openssl = analyzed.packages().getLast();
        assertThat(openssl.source()).contains(new SourcePackage("openssl", "1.1.1k-15.cm2"));
        assertThat(openssl.qualifiers())
                .isEqualTo(Map.of("arch", "x86_64", "epoch", "2", "upstream", "openssl-1.1.1k-15.cm2.src.rpm"));
        assertThat(openssl.properties()).isEqualTo(Map.of(PackageProperty.VENDOR, "Microsoft Corporation"));
    }
}
