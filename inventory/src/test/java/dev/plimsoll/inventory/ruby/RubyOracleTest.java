package dev.plimsoll.inventory.ruby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RubyGems itself as the second opinion: it evaluates each specification of a real image.
class RubyOracleTest {

    private static final String SCRIPT = """
            root = ARGV[0]
            Dir.glob(root + '/**/specifications/**/*.gemspec').sort.each do |file|
              s = Gem::Specification.load(file)
              puts [s.name, s.version, file[root.length..], s.licenses.sort.uniq.join(', ')].join(' ')
            end
            """;

    @Test
    void findsTheGemsAndLicensesThatRubyGemsFinds(@TempDir Path folder) throws IOException, InterruptedException {
        var image = RealImage.named("ruby-app");
        var root = folder.resolve("root");
        image.extract(path -> path.endsWith(".gemspec"), root);

        var expected = RealImage.answers(folder, List.of("ruby", "-e", SCRIPT, root.toString()));

        assertThat(expected).hasSizeGreaterThan(140);
        var gems = image.inventory().packages().stream()
                .filter(found -> found.type() == PackageType.GEM && found.evidence() == Evidence.INSTALLED)
                .toList();
        var lines = new TreeSet<String>();
        for (var gem : gems) {
            for (Location location : gem.locations()) {
                lines.add(gem.name() + " " + gem.version() + " /" + location.path() + " "
                        + String.join(", ", gem.licenses()));
            }
        }
        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected);
    }
}
