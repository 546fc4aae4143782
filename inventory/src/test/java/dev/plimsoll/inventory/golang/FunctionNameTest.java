package dev.plimsoll.inventory.golang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.main | main | main",
                "net/http.Get | net/http | Get",
                "net/http.(*Client).Do | net/http | Client.Do",
                "net/http.Header.Add | net/http | Header.Add",
                "net/http.(*Client).Do.func1 | net/http | Client.Do",
                "net/http.(*Client).Do.func1.2 | net/http | Client.Do",
                "net/http.Get.func1 | net/http | Get",
                "net/http.init | net/http | init",
                "net/http.init.0 | net/http | init",
                "net/http.init.3.func1 | net/http | init",
                "net/http.glob..func1 | net/http | glob",
                "net/http.(*Client).Do-fm | net/http | Client.Do",
                "net/http.Header.Add-fm | net/http | Header.Add",
                "net/http.each-range1 | net/http | each",
                "net/http.Run.gowrap1 | net/http | Run",
                "net/http.Run.deferwrap2 | net/http | Run",
                "net/http.Run·dwrap·1 | net/http | Run",
                "a.b/c.Outer.Inner.func1 | a.b/c | Outer.Inner,Outer",
                "a.b/c.(*T).M.Inner.func1 | a.b/c | T.M",
                "gopkg.in/yaml%2ev3.(*Decoder).Decode | gopkg.in/yaml.v3 | Decoder.Decode",
                "a.b/c%2ed%2ee.F | a.b/c.d.e | F",
                "a.b/%zz%.F | a.b/%zz% | F",
                "a.b/%c3%a9.F | a.b/é | F",
                "sync/atomic.(*Pointer[...]).Load | sync/atomic | Pointer.Load",
                "slices.SortFunc[...] | slices | SortFunc",
                "a.b/c.F[go.shape.struct { a/b.x int }] | a.b/c | F",
                "a.b/c.(*Map[x/y.K,[]z.V]).Get.func1 | a.b/c | Map.Get",
                "vendor/golang.org/x/net/idna.ToASCII | vendor/golang.org/x/net/idna | ToASCII",
                "a.b/c.(*T | a.b/c | ''",
            })
    void namesAreTakenApart(String written, String path, String symbols) {
        assertThat(FunctionName.of(written)).hasValueSatisfying(name -> {
            assertThat(name.path()).isEqualTo(path);
            assertThat(String.join(",", name.symbols())).isEqualTo(symbols);
        });
    }

    @Test
    void namesWithoutAPackageAreNone() {
        for (var name : new String[] {"_rt0_amd64_linux", "x_cgo_init", "", "a/b", "[a.b]", ".x"}) {
            assertThat(FunctionName.of(name)).as(name).isEmpty();
        }
    }

    /// What the compiler makes for types is of no package that anybody imports.
    @Test
    void equalityOfTypesIsOfNoPackage() {
        assertThat(FunctionName.of("type:.eq.net/http.Header").orElseThrow().path())
                .isEqualTo("type:.eq.net/http");
    }
}
