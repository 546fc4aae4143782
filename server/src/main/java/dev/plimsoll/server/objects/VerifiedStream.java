package dev.plimsoll.server.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Bytes that must be those that their digest means: whoever reads to the end knows that they are.
final class VerifiedStream extends FilterInputStream {

    private final MessageDigest sum = Digests.sha256();
    private final String digest;
    private final String place;
    private boolean ended;
    private boolean wrong;

    VerifiedStream(InputStream in, String digest, String place) {
        super(in);
        this.digest = digest;
        this.place = place;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(bytes, offset, length);
        } catch (IOException e) {
            throw new ObjectStoreException(
                    "the object " + digest + " in " + place + " cannot be read: " + e.getMessage(), e);
        }
        if (count > 0) {
            sum.update(bytes, offset, count);
        } else if (count < 0 && !ended) {
            ended = true;
            wrong = !(Digests.PREFIX + HexFormat.of().formatHex(sum.digest())).equals(digest);
        }
        if (count < 0) {
            if (wrong) {
                throw new ObjectStoreException(
                        "the object " + digest + " in " + place + " holds something else than it did");
            }
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes(Math.clamp(count, 0, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
