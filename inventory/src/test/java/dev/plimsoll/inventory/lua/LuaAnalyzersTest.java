package dev.plimsoll.inventory.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;

class LuaAnalyzersTest {

    private static Analyzed rockspec(String path, String text) {
        return Analyzed.by(new RockspecAnalyzer(), path, text);
    }

    @Test
    void readsARockspec() {
        var analyzed = rockspec("usr/local/lib/luarocks/rocks-5.1/foo/1.0-1/foo-1.0-1.rockspec", """
                --[[ a long
                comment ]] -- and a short one
                local name = "foo"
                local revision = '1'
                rockspec_format = "3.0"
                package = name
                version = "1.0" .. "-" .. revision
                description = {
                   summary = [[A rock]], license = "MIT/X11", homepage = "https://example.org",
                   maintainer = function() return "x" end
                }
                dependencies = { "lua >= 5.1", "lpeg ~> 1.0", 'luasocket' }
                """);

        assertThat(analyzed.names()).containsExactly("foo 1.0-1");
        assertThat(analyzed.licenses()).containsExactly("MIT/X11");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("lpeg", "luasocket");
        assertThat(analyzed.packages().getFirst().evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(analyzed.unknowns()).isEmpty();
    }

    @Test
    void aRockspecOfSourcesDeclares() {
        assertThat(rockspec("src/foo-1.0-1.rockspec", "package='foo' version='1.0-1'")
                        .packages()
                        .getFirst()
                        .evidence())
                .isEqualTo(Evidence.DECLARED);
    }

    @Test
    void neverEvaluates() {
        for (var version : List.of("os.getenv('V')", "f('1')", "{ '1' }", "other", "'1' .. other", "1")) {
            var analyzed = rockspec("a.rockspec", "package = 'foo'\nversion = " + version + "\n");
            assertThat(analyzed.packages()).as(version).isEmpty();
            assertThat(analyzed.unknowns())
                    .as(version)
                    .containsExactly("a rockspec whose package or version is not written out");
        }
    }

    @Test
    void holdsToTheLimitOfNesting() {
        var deep = "x = " + "{".repeat(LuaLiterals.MAX_DEPTH + 1);

        assertThat(rockspec("a.rockspec", deep).unknowns()).containsExactly("tables nest deeper than 50");
        assertThat(rockspec("a.rockspec", "x = {").unknowns()).containsExactly("a table does not close");
    }

    @Test
    void readsAManifest() {
        var analyzed = Analyzed.by(new RocksManifestAnalyzer(), "lib/luarocks/rocks-5.1/manifest", """
                commands = {}
                repository = {
                   foo = {
                      ["1.0-1"] = { { arch = "installed" } },
                      ["1.1-1"] = { { arch = "installed" } }
                   },
                   ["bar.baz"] = { ["2-1"] = {} }
                }
                """);

        assertThat(analyzed.names()).containsExactly("foo 1.0-1", "foo 1.1-1", "bar.baz 2-1");
    }
}
