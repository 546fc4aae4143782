package dev.plimsoll.policy.background;

import java.io.IOException;
import java.util.List;

/// Reads evaluations that other tools made: HDF in JSON, XCCDF and ARF in XML.
public final class StigReader {

    /// In bytes, of a document.
    public static final long MAX_BYTES = 64L << 20;

    /// In controls of a document.
    public static final int MAX_CONTROLS = 200_000;

    private StigReader() {}

    /// @return at least one
    /// @throws IOException when it is none of them, or over a limit; the message names the place
    public static List<StigEvaluation> read(byte[] document) throws IOException {
        if (document.length > MAX_BYTES) {
            throw new IOException("over " + MAX_BYTES + " bytes");
        }
        var evaluations = isXml(document) ? XccdfReader.read(document) : HdfReader.read(document);
        if (evaluations.isEmpty()) {
            throw new IOException("it holds no evaluation: neither an XCCDF TestResult, nor a profile of HDF");
        }
        return evaluations;
    }

    /// JSON begins with none of the bytes that XML begins with.
    private static boolean isXml(byte[] document) {
        for (int i = 0; i < document.length; i++) {
            switch (document[i]) {
                case ' ', '\t', '\r', '\n', 0, (byte) 0xef, (byte) 0xbb, (byte) 0xbf, (byte) 0xfe, (byte) 0xff -> {}
                default -> {
                    return document[i] == '<';
                }
            }
        }
        return false;
    }
}
