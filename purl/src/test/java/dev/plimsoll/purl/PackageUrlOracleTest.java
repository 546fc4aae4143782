package dev.plimsoll.purl;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The reference library as the second opinion, over names and versions made of all signs that matter.
final class PackageUrlOracleTest {

    private static final String ASCII = "abzAZ019.-_~+:@/%?#&= \"'!*()[]{}<>|\\^`$,;";

    /// Version 1.5.0 of the library writes bytes over 0x7f with a wrong sign, so it cannot judge these.
    private static final String MORE = ASCII + "é\u4e2d\ud83d\ude00";

    private static final int ROUNDS = 2_000;

    @ParameterizedTest
    @EnumSource(
            value = PackageType.class,
            names = {"DEB", "RPM", "APK", "NPM", "PYPI", "MAVEN", "GEM", "GOLANG", "CARGO"})
    void writesWhatTheReferenceLibraryWrites(PackageType type) throws MalformedPackageURLException {
        var random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            var namespace = type == PackageType.MAVEN || type == PackageType.GOLANG
                    ? word(random, ASCII, 6).replaceAll("/+", "/")
                    : "";
            var name = word(random, ASCII, 8).replace('/', 'x');
            var version = random.nextInt(5) == 0 ? "" : word(random, ASCII, 8);
            var qualifiers = new TreeMap<String, String>();
            if (random.nextBoolean()) {
                qualifiers.put("upstream", word(random, ASCII, 8));
                qualifiers.put("arch", "amd64");
            }
            var ours = PackageUrl.of(type, namespace, name, version, qualifiers);

            var theirs = new PackageURL(
                    type.purlType(), emptyAsNull(namespace), name, emptyAsNull(version), qualifiers, null);
            assertThat(comparable(type, ours.toString())).isEqualTo(comparable(type, theirs.canonicalize()));
            assertThat(PackageUrl.parse(ours.toString())).contains(ours);
        }
    }

    @Test
    void readsBackWhatItWroteWhateverItHolds() {
        var random = new Random(8);
        for (int round = 0; round < ROUNDS; round++) {
            var url = PackageUrl.of(
                    PackageType.GENERIC,
                    word(random, MORE, 6),
                    word(random, MORE, 6),
                    word(random, MORE, 6),
                    Map.of("k", word(random, MORE, 6)));
            var text = url.toString();

            assertThat(PackageUrl.parse(text).map(Object::toString)).contains(text);
        }
    }

    /// Where we differ on purpose: a colon stands as itself in versions and qualifiers, as newer issues of the
    /// specification let it; Go's module paths keep their case, which tells them apart; apk's names are lower case.
    private static String comparable(PackageType type, String text) {
        var plain = text.replace("%3A", ":");
        return type == PackageType.GOLANG || type == PackageType.APK ? plain.toLowerCase(Locale.ROOT) : plain;
    }

    private static String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// One sign at least, and neither begins nor ends with a slash.
    private static String word(Random random, String signs, int most) {
        var codePoints = signs.codePoints().toArray();
        var word = new StringBuilder("a");
        for (int i = random.nextInt(most); i > 0; i--) {
            word.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return word.append('z').toString();
    }
}
