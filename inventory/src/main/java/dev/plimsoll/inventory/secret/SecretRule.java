package dev.plimsoll.inventory.secret;

import dev.plimsoll.inventory.Glob;
import java.util.List;

/// How a kind of secret is recognised: a row of `rules.yaml`. Immutable.
///
/// @param name lower case with hyphens; findings and settings name the rule by it
/// @param title for people
/// @param keywords one of which stands in every match; the expression is only tried where one is
/// @param expression in RE2's syntax; its first group that takes part is the secret, else the whole match. A match
/// begins
///     with the keyword, or up to `before` characters in front of it
/// @param before in characters
/// @param after how much text behind the keyword the expression sees, in characters
/// @param least how many characters without white space the match has at least; 0 where it may have white space
/// @param has a character that stands behind the keyword, before any white space; 0 where there is none
/// @param inside whether the match may begin within a word
/// @param open whether a letter or digit may follow the secret
/// @param leastEntropy of the secret, in bits a character (Shannon)
/// @param check what else must be true of the secret
/// @param confidence how sure a match is
/// @param files globs of paths where it counts, `config:*` for the image's configuration; empty for everywhere
/// @param source of the facts
public record SecretRule(
        String name,
        String title,
        List<String> keywords,
        LateExpression expression,
        int before,
        int after,
        int least,
        char has,
        boolean inside,
        boolean open,
        double leastEntropy,
        Check check,
        Confidence confidence,
        List<Glob> files,
        String source) {

    public SecretRule {
        keywords = List.copyOf(keywords);
        files = List.copyOf(files);
    }

    /// How sure a match is.
    public enum Confidence {
        /// Common words with a value behind them; a surer rule's finding in the same place stands for it.
        LOW,
        /// A form that examples have as well.
        MEDIUM,
        /// A form that nothing else has.
        HIGH
    }

    boolean countsAt(String path) {
        return files.isEmpty() || files.stream().anyMatch(glob -> glob.matches(path));
    }
}
