package dev.plimsoll.server.notify.wording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClippedTest {

    @Test
    void aTextThatFitsStaysAndALongerOneEndsWithAnEllipsis() {
        assertThat(Clipped.line("abcde", 5)).isEqualTo("abcde");
        assertThat(Clipped.line("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Clipped.line("", 5)).isEmpty();
        assertThat(Clipped.line("ab", 1)).isEqualTo("…");
    }

    @Test
    void noCharacterIsCutInHalves() {
        assertThat(Clipped.line("ab😀", 4)).isEqualTo("ab😀");
        assertThat(Clipped.line("ab😀c", 4)).isEqualTo("ab…");
        assertThat(Clipped.line("ab😀c", 5)).isEqualTo("ab😀c");
        assertThat(Clipped.line("😀😀", 3)).isEqualTo("😀…");
    }

    @Test
    void halvesThatCameAndMarksOfDirectionAreReplaced() {
        assertThat(Clipped.line("a\ud83db\ude00", 9)).isEqualTo("a\ufffdb\ufffd");
        assertThat(Clipped.line("a\u202eb\u2066c", 9)).isEqualTo("a\ufffdb\ufffdc");
        assertThat(Clipped.line("a\ufffeb\uffff", 9)).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void aLineHasNoBreaks() {
        assertThat(Clipped.line("a\r\nb\nc\u2028d\0e\u0085f", 99)).isEqualTo("a  b c d e f");
    }
}
