package dev.plimsoll.server.judging;

import dev.plimsoll.policy.RuleResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Results of rules, each as the first 64 bits of the SHA-256 of its stable id and its action: enough to tell whether
/// they became others, and which ones are new. Immutable.
final class ResultHashes {

    private final long[] sorted;

    private ResultHashes(long[] hashes) {
        this.sorted = hashes;
        Arrays.sort(sorted);
    }

    static ResultHashes of(List<RuleResult> results) {
        var digest = sha256();
        return new ResultHashes(
                results.stream().mapToLong(result -> hash(digest, result)).toArray());
    }

    static ResultHashes read(byte[] bytes) {
        var hashes = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
        return new ResultHashes(hashes);
    }

    static ResultHashes none() {
        return new ResultHashes(new long[0]);
    }

    byte[] bytes() {
        var bytes = ByteBuffer.allocate(sorted.length * Long.BYTES);
        bytes.asLongBuffer().put(sorted);
        return bytes.array();
    }

    /// Whether a result is none of these.
    Predicate<RuleResult> lacks() {
        var digest = sha256();
        return result -> Arrays.binarySearch(sorted, hash(digest, result)) < 0;
    }

    /// How many of these are none of the others.
    int missingIn(ResultHashes others) {
        return (int) Arrays.stream(sorted)
                .filter(hash -> Arrays.binarySearch(others.sorted, hash) < 0)
                .count();
    }

    private static long hash(MessageDigest digest, RuleResult result) {
        digest.update(result.action().word().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest(result.stableId().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResultHashes same && Arrays.equals(sorted, same.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }
}
