package dev.plimsoll.inventory.ruby;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GemfileLockAnalyzerTest {

    private static final String LOCK = """
            GIT
              remote: https://git.example/rack.git
              revision: 0123456789abcdef0123456789abcdef01234567
              specs:
                rack (2.2.4)

            PATH
              remote: .
              specs:
                own (0.1.0)
                  rack

            GEM
              remote: https://gems.example/
              specs:
                mini_portile2 (2.8.0)
                nokogiri (1.13.8)
                  mini_portile2 (~> 2.8.0)
                  racc (~> 1.4)
                nokogiri (1.13.8-x86_64-linux)
                  racc (~> 1.4)
                racc (1.6.0)

            PLATFORMS
              ruby
              x86_64-linux

            DEPENDENCIES
              nokogiri
              own!
              rack!

            CHECKSUMS
              racc (1.6.0) sha256=%s

            BUNDLED WITH
               2.3.15
            """.formatted("0".repeat(64));

    private static Analyzed analyze(String text) {
        return Analyzed.by(new GemfileLockAnalyzer(), "srv/Gemfile.lock", text);
    }

    @Test
    void readsGemsOfRegistriesAndRepositories() {
        var analyzed = analyze(LOCK);

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.names())
                .containsExactly("rack 2.2.4", "mini_portile2 2.8.0", "nokogiri 1.13.8", "racc 1.6.0");
        assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.DECLARED);
        assertThat(analyzed.packages().get(2).dependencies()).containsExactly("mini_portile2", "racc");
        assertThat(analyzed.packages().get(3).properties())
                .isEqualTo(Map.of(PackageProperty.DIGEST, "sha256:" + "0".repeat(64)));
    }

    @Test
    void aBrokenLineIsUnknownAndTheRestIsRead() {
        var analyzed = analyze("GEM\n  specs:\n    a (1\n    b (2.0)\n    " + "x".repeat(20_000) + "\n    c (3.0)\n");

        assertThat(analyzed.names()).containsExactly("b 2.0", "c 3.0");
        assertThat(analyzed.unknowns())
                .containsExactly("line 3: a gem without its version", "line 5: line over 16384 bytes");
    }

    @Test
    void readsWhatBundlerReads(@TempDir Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("Gemfile"), ""); // Bundler asks where the project lies
        Files.writeString(folder.resolve("Gemfile.lock"), LOCK.replaceAll("CHECKSUMS\n.*\n\n", ""));

        var expected = RealImage.answers(folder, List.of("sh", "-c", """
                command -v ruby >/dev/null || exit 127
                ruby -e 'begin; require "bundler"; rescue LoadError; exit 127; end
                  Bundler::LockfileParser.new(File.read("Gemfile.lock")).specs.each do |s|
                    next if s.source.class == Bundler::Source::Path
                    puts [s.name, s.version, s.dependencies.map(&:name).sort.inspect].join(" ")
                  end'"""));

        var ours = new ArrayList<String>();
        for (var found : analyze(LOCK).packages()) {
            ours.add(found.name() + " " + found.version());
        }
        assertThat(expected).hasSize(5);
        assertThat(expected.stream()
                        .map(line -> line.substring(0, line.indexOf('[')))
                        .map(String::strip)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ours);
    }

    @Test
    void aSpecificationSaysWhatTheGemNeeds() {
        var found = Analyzed.by(new GemspecAnalyzer(), "specifications/a.gemspec", """
                # -*- encoding: utf-8 -*-
                # stub: a 1.0 ruby lib

                Gem::Specification.new do |s|
                  s.name = "a".freeze
                  s.version = "1.0"
                  if s.respond_to? :add_runtime_dependency then
                    s.add_runtime_dependency(%q<rack>.freeze, ["~> 2.2"])
                    s.add_development_dependency(%q<rake>.freeze, [">= 0"])
                  else
                    s.add_dependency(%q<rack>.freeze, ["~> 2.2"])
                  end
                  s.add_dependency "mustermann", "~> 1.0"
                end
                """)
                .packages()
                .getFirst();

        assertThat(found.dependencies()).containsExactly("rack", "mustermann");
    }

    @Test
    void gemsOfRepositoriesLieInBundlersFolder() {
        var wanted = new GemspecAnalyzer().wanted();

        assertThat(wanted.wants("usr/lib/bundler/gems/rack-0123456789ab/rack.gemspec", 0644, 1))
                .isTrue();
        assertThat(wanted.wants("srv/rack/rack.gemspec", 0644, 1)).isFalse();
    }

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        assertThat(analyze(new String(bytes, StandardCharsets.ISO_8859_1)).packages())
                .allMatch(found -> !found.version().isBlank());
    }
}
