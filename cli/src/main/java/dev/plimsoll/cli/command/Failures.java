package dev.plimsoll.cli.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why reading or writing failed, in words for people.
public final class Failures {

    private Failures() {}

    /// What a reader of ours says, whose messages are written for users; of a file that cannot be read at all, the
    /// reason alone.
    public static String told(IOException failure) {
        return failure instanceof FileSystemException ? reason(failure) : String.valueOf(failure.getMessage());
    }

    /// The reason alone; the sentence around it names the file. Java's own messages are often no more than a path.
    public static String reason(Exception failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return switch (inner) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such file or folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case Throwable other -> String.valueOf(other.getMessage());
        };
    }
}
