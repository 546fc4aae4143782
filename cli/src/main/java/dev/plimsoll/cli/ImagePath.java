package dev.plimsoll.cli;

import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.report.PlainText;
import java.util.ArrayDeque;
import java.util.Locale;

/// Paths of an image on the command line and in lists.
final class ImagePath {

    private ImagePath() {}

    /// What a user wrote, in the form of the tree: without slashes at its ends, `.` and `..` applied.
    static String of(String given) {
        var parts = new ArrayDeque<String>();
        for (var part : given.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /// `-rwxr-xr-x`, as ls writes it.
    static String mode(Kind kind, int mode) {
        var text = new StringBuilder();
        text.append(
                switch (kind) {
                    case FILE, HARD_LINK -> '-';
                    case DIRECTORY -> 'd';
                    case SYMBOLIC_LINK -> 'l';
                    case CHARACTER_DEVICE -> 'c';
                    case BLOCK_DEVICE -> 'b';
                    case FIFO -> 'p';
                    case WHITEOUT, OPAQUE -> 'w';
                });
        for (var shift = 6; shift >= 0; shift -= 3) {
            var bits = mode >> shift & 7;
            text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
            var executable = (bits & 1) != 0;
            if (special(mode, shift)) {
                var letter = shift == 0 ? 't' : 's';
                text.append(executable ? letter : Character.toUpperCase(letter));
            } else {
                text.append(executable ? 'x' : '-');
            }
        }
        return text.toString();
    }

    /// Set-user-id stands with the user's bits, set-group-id with the group's, the sticky bit with the others'.
    private static boolean special(int mode, int shift) {
        return switch (shift) {
            case 6 -> (mode & 04000) != 0;
            case 3 -> (mode & 02000) != 0;
            default -> (mode & 01000) != 0;
        };
    }

    /// A line of a list.
    static String line(
            Kind kind, int mode, long userId, long groupId, long size, String where, String path, String link) {
        return String.format(
                Locale.ROOT,
                "%s  %11s  %12d  %-7s  /%s%s",
                mode(kind, mode),
                userId + ":" + groupId,
                size,
                where,
                PlainText.of(path),
                link.isEmpty() ? "" : " -> " + PlainText.of(link));
    }
}
