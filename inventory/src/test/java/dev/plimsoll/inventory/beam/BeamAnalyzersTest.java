package dev.plimsoll.inventory.beam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import org.junit.jupiter.api.Test;

class BeamAnalyzersTest {

    @Test
    void readsAnApplication() {
        var analyzed = Analyzed.by(new OtpApplicationAnalyzer(), "lib/foo-1.2/ebin/foo.app", """
                %% -*- erlang -*-
                {application,foo,
                    [{description,"A thing " "of two"},
                     {vsn,"1.2.0"},
                     {modules,['Elixir.Foo',foo_1]},
                     {registered,[]},
                     {env,[{a,$x},{b,<<"c"/utf8,1:8>>},{m,#{k => [1.5,-2,16#ff|t]}}]},
                     {applications,[kernel,stdlib,bar]}]}.
                """);

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.names()).containsExactly("foo 1.2.0");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("kernel", "stdlib", "bar");
        assertThat(analyzed.packages().getFirst().properties())
                .containsEntry(PackageProperty.SUMMARY, "A thing of two");
    }

    @Test
    void otherTermsAreSilentAndBrokenOnesUnknown() {
        var analyzer = new OtpApplicationAnalyzer();

        assertThat(Analyzed.by(analyzer, "ebin/a.app", "{other,1}.").unknowns()).isEmpty();
        assertThat(Analyzed.by(analyzer, "ebin/a.app", "{application,foo,[{vsn,\"1\"}]")
                        .unknowns())
                .containsExactly("not an application resource file: line 1: ',' is missing");
        assertThat(Analyzed.by(analyzer, "ebin/a.app", "{application,foo,[]}.").unknowns())
                .containsExactly("application foo has no version");
        assertThat(Analyzed.by(analyzer, "ebin/a.app", "[".repeat(TermText.MAX_DEPTH + 2))
                        .unknowns())
                .containsExactly("not an application resource file: line 1: terms nest deeper than 100");
        assertThat(analyzer.wanted().wants("Applications/Foo.app", 0644, 1)).isFalse();
    }

    @Test
    void readsMetadataOfHex() {
        var analyzed = Analyzed.by(new HexMetadataAnalyzer(), "deps/plug/hex_metadata.config", """
                {<<"name">>,<<"plug">>}.
                {<<"version">>,<<"1.14.0">>}.
                {<<"licenses">>,[<<"Apache-2.0">>]}.
                {<<"requirements">>,
                 [[{<<"name">>,<<"mime">>},{<<"app">>,<<"mime">>},{<<"optional">>,false}],
                  {<<"telemetry">>,[{<<"requirement">>,<<"~> 0.4">>}]}]}.
                """);

        assertThat(analyzed.names()).containsExactly("plug 1.14.0");
        assertThat(analyzed.licenses()).containsExactly("Apache-2.0");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("mime", "telemetry");
    }

    @Test
    void readsALockFileOfRebar() {
        var digest = "AB".repeat(32);
        var analyzed = Analyzed.by(new RebarLockAnalyzer(), "rebar.lock", """
                {"1.2.0",
                [{<<"cowlib">>,{pkg,<<"cowlib_fork">>,<<"2.11.0">>},1},
                 {<<"gun">>,{git,"https://example.org/gun.git",{ref,"abc123"}},0}]}.
                [{pkg_hash,[{<<"cowlib">>,<<"00">>}]},
                 {pkg_hash_ext,[{<<"cowlib">>,<<"DIGEST">>}]}].
                """.replace("DIGEST", digest));

        assertThat(analyzed.names()).containsExactly("cowlib_fork 2.11.0", "gun abc123");
        assertThat(analyzed.packages().getFirst().properties())
                .containsEntry(PackageProperty.DIGEST, "sha256:" + "ab".repeat(32));
        assertThat(analyzed.packages().getLast().qualifiers())
                .containsEntry("vcs_url", "git+https://example.org/gun.git@abc123");
        assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.DECLARED);
        assertThat(Analyzed.by(new RebarLockAnalyzer(), "rebar.lock", "[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1\">>},0}].")
                        .names())
                .containsExactly("a 1");
        assertThat(Analyzed.by(new RebarLockAnalyzer(), "rebar.lock", "{\"1.2.0\",[")
                        .unknowns())
                .hasSize(1);
    }

    @Test
    void readsALockFileOfMix() {
        var analyzed = Analyzed.by(new MixLockAnalyzer(), "mix.lock", """
                %{
                  # a comment
                  "plug": {:hex, :plug, "1.14.0", "INNER", [:mix], [{:mime, "~> 1.0", [hex: :mime_types, repo: "hexpm", optional: false]}, {:telemetry, "~> 0.4", [hex: :telemetry]}], "hexpm", "OUTER"},
                  "gun" => {:git, "https://example.org/gun.git", "abc123", [branch: "main"]},
                  "own": {:path, "../own"},
                }
                """.replace("OUTER", "ab".repeat(32)));

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.names()).containsExactly("plug 1.14.0", "gun abc123");
        var plug = analyzed.packages().getFirst();
        assertThat(plug.dependencies()).containsExactly("mime_types", "telemetry");
        assertThat(plug.properties()).containsEntry(PackageProperty.DIGEST, "sha256:" + "ab".repeat(32));
        assertThat(Analyzed.by(new MixLockAnalyzer(), "mix.lock", "%{ \"a\": {:hex, :a, \"1\"")
                        .unknowns())
                .hasSize(1);
    }
}
