package dev.plimsoll.inventory.account;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Account.Password;
import dev.plimsoll.inventory.content.Group;
import dev.plimsoll.inventory.content.ShadowEntry;
import dev.plimsoll.inventory.lines.LineReader;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads `/etc/passwd`, `/etc/group` and `/etc/shadow`. Hashes of passwords are not kept, and are never part of what is
/// said of a line that cannot be read.
public final class AccountFilesAnalyzer implements Analyzer {

    public static final String PASSWD = "etc/passwd";
    public static final String GROUP = "etc/group";
    public static final String SHADOW = "etc/shadow";

    /// In bytes; a group may have thousands of members.
    static final int MAX_LINE = 64 << 10;

    /// In lines of one file.
    static final int MAX_LINES = 20_000;

    private static final int PASSWD_FIELDS = 7;
    private static final int GROUP_FIELDS = 4;
    private static final int SHADOW_FIELDS = 9;

    /// Numbers of users and groups have 32 bits.
    private static final long MAX_NUMBER = 0xffff_ffffL;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "account-files", 1, "accounts", WantedPaths.of(PASSWD, GROUP, SHADOW))
            .gives("accounts, groups, whether an account has a password")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_LINES, "lines")
            .source("passwd(5), group(5), shadow(5)")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        while (true) {
            switch (lines.next()) {
                case LineReader.Line.End _ -> {
                    return;
                }
                case LineReader.Line.TooLong(int number) ->
                    facts.unknown("line " + number, "over " + MAX_LINE + " bytes");
                case LineReader.Line.Text(int number, String text) -> {
                    if (number > MAX_LINES) {
                        facts.unknown("line " + number, "over " + MAX_LINES + " lines; the rest was not read");
                        return;
                    }
                    line(file.path(), number, text, facts);
                }
            }
        }
    }

    /// Empty lines and comments are passed over, and `+` and `-` of NIS, which name no account of the image.
    private static void line(String path, int number, String text, FactSink facts) {
        if (text.isBlank() || text.startsWith("#") || text.startsWith("+") || text.startsWith("-")) {
            return;
        }
        var fields = List.of(text.split(":", -1));
        var read = switch (path) {
            case PASSWD -> account(fields, facts);
            case GROUP -> group(fields, facts);
            default -> shadow(fields, facts);
        };
        if (!read) {
            facts.unknown("line " + number, "is no line of /" + path);
        }
    }

    private static boolean account(List<String> fields, FactSink facts) {
        if (fields.size() != PASSWD_FIELDS || fields.getFirst().isEmpty()) {
            return false;
        }
        var userId = number(fields.get(2));
        var groupId = number(fields.get(3));
        if (userId.isEmpty() || groupId.isEmpty()) {
            return false;
        }
        add(
                facts,
                new ContentFact.AccountFound(new Account(
                        fields.get(0),
                        userId.getAsLong(),
                        groupId.getAsLong(),
                        fields.get(4),
                        fields.get(5),
                        fields.get(6),
                        fields.get(1).equals("x") ? Password.SHADOWED : password(fields.get(1)))));
        return true;
    }

    private static boolean group(List<String> fields, FactSink facts) {
        if (fields.size() != GROUP_FIELDS || fields.getFirst().isEmpty()) {
            return false;
        }
        var groupId = number(fields.get(2));
        if (groupId.isEmpty()) {
            return false;
        }
        var members = List.of(fields.get(3).split(",", -1)).stream()
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
        add(facts, new ContentFact.GroupFound(new Group(fields.get(0), groupId.getAsLong(), members)));
        return true;
    }

    private static boolean shadow(List<String> fields, FactSink facts) {
        if (fields.size() != SHADOW_FIELDS || fields.getFirst().isEmpty()) {
            return false;
        }
        add(facts, new ContentFact.ShadowFound(new ShadowEntry(fields.get(0), password(fields.get(1)))));
        return true;
    }

    /// shadow(5): what begins with `!`, and what no hash can be (`*`), locks the password.
    private static Password password(String field) {
        if (field.isEmpty()) {
            return Password.EMPTY;
        }
        return field.startsWith("!") || field.startsWith("*") || field.equals("x") ? Password.LOCKED : Password.SET;
    }

    private static OptionalLong number(String text) {
        var number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
        return number >= 0 && number <= MAX_NUMBER ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static void add(FactSink facts, ContentFact fact) {
        facts.add(new Fact.Content(fact));
    }
}
