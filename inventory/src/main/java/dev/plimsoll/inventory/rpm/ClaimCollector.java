package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Makes claims about files of the headers of one database.
///
/// Source: rpm's manual, "Tags"; rpm, `include/rpm/rpmfiles.h` (flags and states of files, what of a file is verified)
/// and `lib/verify.c`. What rpm does not hold to be in its normal state is not verified: files that another package
/// replaced, or that were not installed. Of a ghost there is no content that the package brought, and it need not be
/// there.
final class ClaimCollector {

    /// In files of all packages; a desktop has three hundred thousand.
    static final int MAX_CLAIMS = 1_000_000;

    private static final int FLAG_CONFIGURATION = 1;
    private static final int FLAG_MISSING_OK = 1 << 3;
    private static final int FLAG_GHOST = 1 << 6;

    private static final int VERIFY_DIGEST = 1;
    private static final int VERIFY_MODE = 1 << 6;

    private static final int STATE_NORMAL = 0;

    private static final int FORMAT = 0170000;
    private static final int REGULAR = 0100000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int BITS = 07777;

    /// Of OpenPGP (RFC 9580, 9.5), as FILEDIGESTALGO names them.
    private static final int MD5 = 1;

    private static final int SHA1 = 2;
    private static final int SHA256 = 8;

    private final FactSink facts;
    private int claims;

    ClaimCollector(FactSink facts) {
        this.facts = facts;
    }

    /// @return whether more can be taken
    boolean accept(String place, byte[] bytes) {
        try {
            return accept(RpmHeader.parse(bytes));
        } catch (DamagedHeaderException e) {
            facts.unknown(place, "what it says of its package's files was not read: " + e.getMessage());
            return true;
        }
    }

    private boolean accept(RpmHeader header) throws DamagedHeaderException {
        var names = header.texts(RpmHeader.BASE_NAMES, HeaderCollector.MAX_FILES);
        if (names.isEmpty()) {
            return true;
        }
        if (names.size() > MAX_CLAIMS - claims) {
            facts.unknown("", "over " + MAX_CLAIMS + " files; the rest was not read for verification");
            return false;
        }
        claims += names.size();
        facts.add(new Fact.FileClaims(PackageType.RPM, HeaderCollector.key(header), claims(header, names)));
        return true;
    }

    private static List<FileClaim> claims(RpmHeader header, List<String> names) throws DamagedHeaderException {
        var folders = header.texts(RpmHeader.DIRECTORY_NAMES, HeaderCollector.MAX_FILES);
        var folderOf = header.numbers(RpmHeader.DIRECTORY_INDEXES);
        var digests = header.texts(RpmHeader.FILE_DIGESTS, HeaderCollector.MAX_FILES);
        var modes = header.smallNumbers(RpmHeader.FILE_MODES);
        var flags = header.numbers(RpmHeader.FILE_FLAGS);
        var verified = header.numbers(RpmHeader.FILE_VERIFY_FLAGS);
        var states = header.smallNumbers(RpmHeader.FILE_STATES);
        var algorithm = algorithm(header);
        var claims = new ArrayList<FileClaim>();
        for (int i = 0; i < names.size(); i++) {
            if (i >= folderOf.length || folderOf[i] < 0 || folderOf[i] >= folders.size()) {
                throw new DamagedHeaderException("file " + i + " lies in no folder");
            }
            if (at(states, i, STATE_NORMAL) != STATE_NORMAL) {
                continue;
            }
            var path = folders.get(folderOf[i]) + names.get(i);
            var flag = at(flags, i, 0);
            var mode = at(modes, i, 0);
            var isGhost = (flag & FLAG_GHOST) != 0;
            var digested = !isGhost
                    && (mode & FORMAT) == REGULAR
                    && (at(verified, i, -1) & VERIFY_DIGEST) != 0
                    && i < digests.size()
                    && !digests.get(i).isEmpty();
            var moded =
                    i < modes.length && (mode & FORMAT) != SYMBOLIC_LINK && (at(verified, i, -1) & VERIFY_MODE) != 0;
            claims.add(new FileClaim(
                    path.startsWith("/") ? path.substring(1) : path,
                    digested ? algorithm : "",
                    digested ? digests.get(i) : "",
                    moded ? OptionalInt.of(mode & BITS) : OptionalInt.empty(),
                    (flag & FLAG_CONFIGURATION) != 0,
                    isGhost || (flag & FLAG_MISSING_OK) != 0));
        }
        return claims;
    }

    private static int at(int[] numbers, int index, int otherwise) {
        return index < numbers.length ? numbers[index] : otherwise;
    }

    private static String algorithm(RpmHeader header) throws DamagedHeaderException {
        return switch ((int) header.number(RpmHeader.FILE_DIGEST_ALGORITHM).orElse(MD5)) {
            case MD5 -> "md5";
            case SHA1 -> "sha1";
            case SHA256 -> "sha256";
            default -> "other";
        };
    }
}
