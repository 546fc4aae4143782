package dev.plimsoll.inventory.wordpress;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Sanity;

class WordPressFuzzTest {

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        Sanity.check(Analyzed.by(new WordPressCoreAnalyzer(), "wp-includes/version.php", bytes));
        Sanity.check(Analyzed.by(new WordPressPluginAnalyzer(), "wp-content/plugins/a/a.php", bytes));
        Sanity.check(Analyzed.by(new WordPressThemeAnalyzer(), "wp-content/themes/a/style.css", bytes));
    }
}
