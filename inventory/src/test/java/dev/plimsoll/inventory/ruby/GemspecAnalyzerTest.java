package dev.plimsoll.inventory.ruby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.util.List;
import org.junit.jupiter.api.Test;

class GemspecAnalyzerTest {

    private final GemspecAnalyzer analyzer = new GemspecAnalyzer();

    private Analyzed analyze(String text) {
        return Analyzed.by(analyzer, "usr/share/rubygems-integration/all/specifications/x.gemspec", text);
    }

    private static String specification(String lines) {
        return "# -*- encoding: utf-8 -*-\n\nGem::Specification.new do |s|\n" + lines + "\nend\n";
    }

    @Test
    void readsWhatRubyGemsWrites() {
        var analyzed = analyze("""
                # -*- encoding: utf-8 -*-
                # stub: rack-test 2.0.2 ruby lib

                Gem::Specification.new do |s|
                  s.name = "rack-test".freeze
                  s.version = "2.0.2"

                  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
                  s.metadata = { "name" => "other", "version" => "9" } if s.respond_to? :metadata=
                  s.licenses = ["MIT".freeze, "Ruby".freeze]
                  s.rubygems_version = "3.3.5".freeze
                  s.add_runtime_dependency(%q<rack>.freeze, [">= 1.3"])
                end
                """);

        assertThat(analyzed.names()).containsExactly("rack-test 2.0.2");
        assertThat(analyzed.licenses()).containsExactly("MIT", "Ruby");
        assertThat(analyzed.unknowns()).isEmpty();
    }

    @Test
    void readsEachFormOfALiteral() {
        for (var version : List.of(
                "\"1.2\"",
                "'1.2'",
                "\"1.2\".freeze",
                "'1.2'.freeze # why",
                "Gem::Version.new(\"1.2\")",
                "Gem::Version.new('1.2'.freeze)",
                "Gem::Version.create( '1.2' )")) {
            assertThat(analyze(specification("spec.name='a'\n\tspec.version   =   " + version))
                            .names())
                    .as(version)
                    .containsExactly("a 1.2");
        }
    }

    @Test
    void neverEvaluates() {
        for (var version : List.of(
                "File.read(\"VERSION\")",
                "Foo::VERSION",
                "\"1.#{minor}\"",
                "\"1\" + \"2\"",
                "'1' '2'",
                "\"1\\x2e2\"",
                "%q(1.2)",
                "\"1",
                "",
                "[\"1\", \"2\"]",
                "Gem::Version.new(File.read(\"v\"))",
                "`id`")) {
            var analyzed = analyze(specification("s.name = 'a'\ns.version = " + version));
            assertThat(analyzed.packages()).as(version).isEmpty();
            assertThat(analyzed.unknowns())
                    .as(version)
                    .containsExactly("a specification whose name or version is not written out");
        }
    }

    @Test
    void theStubHelpsWhereTheCodeSaysNothing() {
        assertThat(analyze("# stub: nokogiri 1.13.10 x86_64-linux lib\ns.version = V\n")
                        .names())
                .containsExactly("nokogiri 1.13.10");
    }

    @Test
    void licensesMayBeOneOrSeveralOrCode() {
        var start = "s.name = 'a'\ns.version = '1'\n";

        assertThat(analyze(start + "s.license = \"MIT\"").licenses()).containsExactly("MIT");
        assertThat(analyze(start + "s.licenses = [ 'MIT' , \"BSD\".freeze, ].freeze")
                        .licenses())
                .containsExactly("MIT", "BSD");
        assertThat(analyze(start + "s.licenses = []").licenses()).isEmpty();
        assertThat(analyze(start + "s.licenses = ['MIT' if x]").licenses()).isEmpty();
        assertThat(analyze(start + "s.licenses = [" + "'MIT',".repeat(101) + "]")
                        .licenses())
                .hasSize(GemspecAnalyzer.MAX_LICENSES);
    }

    @Test
    void passesOverALongLineAndStopsAtTheLimitOfLines() {
        var start = "s.name = 'a'\n";
        var end = "\ns.version = '1'\n";

        assertThat(analyze(start + "x".repeat(GemspecAnalyzer.MAX_LINE + 1) + end)
                        .names())
                .containsExactly("a 1");
        assertThat(analyze(start + "\n".repeat(GemspecAnalyzer.MAX_LINES - 3) + end)
                        .names())
                .containsExactly("a 1");
        assertThat(analyze(start + "\n".repeat(GemspecAnalyzer.MAX_LINES) + end).unknowns())
                .hasSize(1);
    }

    @Test
    void holdsToTheLimitOfNames() {
        var most = "n".repeat(GemspecAnalyzer.MAX_NAME);

        assertThat(analyze("s.name = '" + most + "'\ns.version = '1'").packages())
                .hasSize(1);
        assertThat(analyze("s.name = '" + most + "n'\ns.version = '1'").unknowns())
                .containsExactly("name or version over 512 characters");
    }

    @Test
    void wantsInstalledSpecificationsOnly() {
        for (var path :
                List.of("specifications/a.gemspec", "usr/lib/ruby/gems/3.1.0/specifications/default/a-1.gemspec")) {
            assertThat(analyzer.wanted().wants(path, 0644, 1)).as(path).isTrue();
        }
        for (var path : List.of("gems/a/a.gemspec", "usr/myspecifications/a.gemspec", "specifications/a.gemspec.bak")) {
            assertThat(analyzer.wanted().wants(path, 0644, 1)).as(path).isFalse();
        }
    }
}
