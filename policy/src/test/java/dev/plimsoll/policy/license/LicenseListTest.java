package dev.plimsoll.policy.license;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.license.LicenseExpression;
import dev.plimsoll.policy.license.LicenseList.Answer;
import dev.plimsoll.policy.rule.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What expressions need and what satisfies them.
final class LicenseListTest {

    /// A list of denied licences, an expression, and whether there is no way around the denied ones.
    @ParameterizedTest
    @CsvSource(
            value = {
                "GPL-3.0-only | GPL-3.0-only | YES",
                "GPL-3.0-only | MIT | NO",
                // the receiver chooses
                "GPL-3.0-only | MIT OR GPL-3.0-only | NO",
                "GPL-3.0-only, MIT | MIT OR GPL-3.0-only | YES",
                // all must be kept
                "GPL-3.0-only | MIT AND GPL-3.0-only | YES",
                "GPL-3.0-only | MIT AND (Apache-2.0 OR GPL-3.0-only) | NO",
                "GPL-3.0-only | MIT AND (LicenseRef-x OR GPL-3.0-only) | UNKNOWN",
                "GPL-3.0-only | LicenseRef-x AND GPL-3.0-only | YES",
                "GPL-3.0-only | LicenseRef-x OR MIT | NO",
                // of later versions too
                "GPL-2.0-only | GPL-2.0-or-later | NO",
                "GPL-2.0-or-later | GPL-2.0-or-later | YES",
                "GPL-2.0-or-later | GPL-3.0-only | YES",
                "GPL-2.0-or-later | GPL-1.0-only | NO",
                "GPL-2.0-or-later | GPL-1.0-or-later | NO",
                "GPL-2.0-only, GPL-3.0-only | GPL-2.0-or-later | YES",
                "GPL-3.0-only | GPL-2.0-or-later | NO",
                "EUPL-1.0+ | EUPL-1.2 | YES",
                "Apache-1.1+ | Apache-1.0 | NO",
                // exceptions
                "GPL-2.0-only | GPL-2.0-only WITH Classpath-exception-2.0 | YES",
                "GPL-2.0-only WITH Classpath-exception-2.0 | GPL-2.0-only WITH Classpath-exception-2.0 | YES",
                "GPL-2.0-only WITH Classpath-exception-2.0 | GPL-2.0-only | NO",
                // references
                "LicenseRef-x | LicenseRef-x | YES",
                "LicenseRef-x | LicenseRef-y | UNKNOWN",
                "MIT | LicenseRef-Public-Domain | NO",
                "MIT | LicenseRef-y WITH Classpath-exception-2.0 | UNKNOWN",
            },
            delimiter = '|')
    void denies(String denied, String expression, Answer answer) {
        assertThat(list(denied).denies(parse(expression)).answer()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "MIT | MIT | YES",
                "MIT | Apache-2.0 | NO",
                "MIT | MIT OR GPL-3.0-only | YES",
                "MIT | MIT AND GPL-3.0-only | NO",
                "MIT | MIT AND LicenseRef-x | UNKNOWN",
                "MIT | GPL-3.0-only AND LicenseRef-x | NO",
                "MIT | MIT OR LicenseRef-x | YES",
                "MIT | GPL-3.0-only OR LicenseRef-x | UNKNOWN",
                "GPL-3.0-only | GPL-2.0-or-later | YES",
                "GPL-2.0-only | GPL-2.0-or-later | YES",
                "GPL-1.0-only | GPL-2.0-or-later | NO",
                "GPL-2.0-or-later | GPL-3.0-or-later | YES",
                "GPL-2.0-only | GPL-2.0-only WITH Classpath-exception-2.0 | YES",
                "GPL-2.0-only WITH Classpath-exception-2.0 | GPL-2.0-only | NO",
                "LicenseRef-x | LicenseRef-x | YES",
            },
            delimiter = '|')
    void allows(String allowed, String expression, Answer answer) {
        assertThat(list(allowed).allows(parse(expression)).answer()).isEqualTo(answer);
    }

    @Test
    void categoriesDecideToo() {
        var copyleft = new LicenseList(
                List.of(), List.of(LicenseCategory.STRONG_COPYLEFT, LicenseCategory.NETWORK_COPYLEFT), List.of());
        assertThat(copyleft.denies(parse("GPL-2.0-or-later")).answer()).isEqualTo(Answer.YES);
        assertThat(copyleft.denies(parse("GPL-2.0-only WITH Classpath-exception-2.0"))
                        .answer())
                .isEqualTo(Answer.NO);
        assertThat(copyleft.denies(parse("MIT")).answer()).isEqualTo(Answer.NO);
        assertThat(copyleft.denies(parse("XSkat")).answer())
                .as("a licence of the list without a category")
                .isEqualTo(Answer.UNKNOWN);
        var free = new LicenseList(List.of(), List.of(LicenseCategory.PUBLIC_DOMAIN), List.of());
        assertThat(free.denies(parse("LicenseRef-public-domain-md4")).answer()).isEqualTo(Answer.YES);
        assertThat(free.denies(parse("LicenseRef-publicity")).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(copyleft.allows(parse("EUPL-1.0+")).answer()).isEqualTo(Answer.YES);
    }

    @Test
    void someExceptionsExcuse() {
        var list = new LicenseList(
                List.of(parse("GPL-2.0-only")), List.of(), List.of("Classpath-exception-2.0", "GCC-exception-3.1"));
        assertThat(list.denies(parse("GPL-2.0-only WITH Classpath-exception-2.0"))
                        .answer())
                .isEqualTo(Answer.NO);
        assertThat(list.denies(parse("GPL-2.0-only WITH Bison-exception-2.2")).answer())
                .isEqualTo(Answer.YES);
        assertThat(list.denies(parse("GPL-2.0-only")).answer()).isEqualTo(Answer.YES);
    }

    @Test
    void namesWhatDecided() {
        assertThat(list("GPL-3.0-only, MIT")
                        .denies(parse("Apache-2.0 AND (GPL-3.0-only OR MIT)"))
                        .licenses())
                .containsExactly("GPL-3.0-only", "MIT");
        assertThat(list("MIT").allows(parse("MIT AND Apache-2.0 AND Zlib")).licenses())
                .containsExactly("Apache-2.0", "Zlib");
        assertThat(list("MIT").allows(parse("MIT AND LicenseRef-x")).licenses()).containsExactly("LicenseRef-x");
        assertThat(list("MIT").allows(parse("MIT OR Zlib")).licenses()).isEmpty();
    }

    private static LicenseList list(String entries) {
        return new LicenseList(
                ((ValueType.Value<List<LicenseExpression>>) LicenseTypes.LICENSES.parse(entries, false)).value(),
                List.of(),
                List.of());
    }

    private static LicenseExpression parse(String expression) {
        return LicenseExpression.parse(expression).orElseThrow(() -> new AssertionError(expression));
    }
}
