package dev.plimsoll.inventory.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpmFileAnalyzerTest {

    private static final String BUILD = """
            set -e
            command -v rpmbuild >/dev/null || exit 127
            cat > foo.spec <<'SPEC'
            Name: foo
            Version: 1.2
            Release: 3
            Epoch: 1
            Summary: x
            License: MIT
            BuildArch: noarch
            %description
            x
            %install
            mkdir -p %{buildroot}/usr/share/foo
            echo x > %{buildroot}/usr/share/foo/file
            %files
            /usr/share/foo/file
            SPEC
            rpmbuild -bb --define "_topdir $PWD/top" foo.spec >/dev/null
            cp top/RPMS/noarch/*.rpm foo.rpm
            rpm -qp --qf '%{NAME} %{EPOCH}:%{VERSION}-%{RELEASE}\\n' foo.rpm
            """;

    @Test
    void readsWhatRpmBuilds(@TempDir Path folder) throws IOException, InterruptedException {
        var expected = RealImage.answers(folder, List.of("sh", "-c", BUILD));

        var bytes = Files.readAllBytes(folder.resolve("foo.rpm"));
        var analyzed = Analyzed.by(new RpmFileAnalyzer(), "foo.rpm", bytes);
        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.names()).isEqualTo(expected);
        assertThat(analyzed.licenses()).containsExactly("MIT");
        assertThat(analyzed.packages().getFirst().evidence()).isEqualTo(Evidence.DECLARED);
        assertThat(analyzed.packages().getFirst().ownedFiles()).isEmpty();
        assertThat(Analyzed.by(new RpmFileAnalyzer(), "foo.rpm", Arrays.copyOf(bytes, 500))
                        .unknowns())
                .hasSize(1);
        assertThat(Analyzed.by(new RpmFileAnalyzer(), "foo.rpm", "text").unknowns())
                .isEmpty();
    }
}
