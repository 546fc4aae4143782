package dev.plimsoll.inventory.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageProperty;
import org.junit.jupiter.api.Test;

class WordPressAnalyzersTest {

    @Test
    void readsTheCore() {
        var analyzed = Analyzed.by(
                new WordPressCoreAnalyzer(),
                "var/www/html/wp-includes/version.php",
                "<?php\n/** $wp_version = '1'; */\n$wp_version = '6.4.2';\n$wp_db_version = 56657;\n");

        assertThat(analyzed.names()).containsExactly("wordpress 6.4.2");
        assertThat(analyzed.packages().getFirst().cpes())
                .containsExactly("cpe:2.3:a:wordpress:wordpress:6.4.2:*:*:*:*:*:*:*");
        assertThat(Analyzed.by(new WordPressCoreAnalyzer(), "wp-includes/version.php", "<?php $wp_version = f();")
                        .unknowns())
                .hasSize(1);
    }

    @Test
    void aPluginGoesByItsFolder() {
        var header = """
                <?php
                /**
                 * @package A
                 * Plugin Name: My Plugin: More
                 * Version:     5.3
                 * License:     GPLv2 or later
                 * Author: Someone
                 * Requires Plugins: shop, forms
                 */
                """;
        var analyzed = Analyzed.by(new WordPressPluginAnalyzer(), "w/wp-content/plugins/my-plugin/main.php", header);

        assertThat(analyzed.names()).containsExactly("my-plugin 5.3");
        assertThat(analyzed.licenses()).containsExactly("GPLv2 or later");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("shop", "forms");
        assertThat(analyzed.packages().getFirst().properties())
                .containsEntry(PackageProperty.SUMMARY, "My Plugin: More")
                .containsEntry(PackageProperty.VENDOR, "Someone");
        assertThat(Analyzed.by(
                                new WordPressPluginAnalyzer(),
                                "wp-content/plugins/hello.php",
                                "<?php /* Plugin Name: Hello */ \n// Version: 1.7\n")
                        .names())
                .containsExactly("hello 1.7");
    }

    @Test
    void partsOfAPluginAreSilent() {
        for (var text : new String[] {
            "<?php\n$x = 'Plugin Name: a';\n",
            "Version: 1",
            "<?php\n" + " ".repeat(9000) + "\nPlugin Name: a\nVersion: 1\n"
        }) {
            assertThat(Analyzed.by(new WordPressPluginAnalyzer(), "wp-content/plugins/a/b.php", text)
                            .facts())
                    .isEmpty();
        }
    }

    @Test
    void readsAThemeThatNeedsItsTemplate() {
        var analyzed = Analyzed.by(
                new WordPressThemeAnalyzer(),
                "wp-content/themes/child/style.css",
                "/*\r\nTheme Name: Child\r\nTemplate: twentytwentyfour\r\nVersion: 1.0\r\nLicense: GPL-2.0\r\n*/\r\n");

        assertThat(analyzed.names()).containsExactly("child 1.0");
        assertThat(analyzed.licenses()).containsExactly("GPL-2.0");
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("twentytwentyfour");
    }
}
