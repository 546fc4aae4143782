package dev.plimsoll.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The capabilities that a program file gives to whoever runs it, decoded from the extended attribute
/// `security.capability`.
///
/// The text is that of capabilities(7) and `getcap`: names in the order of their numbers, joined by commas, behind them
/// `+` and the sets that they are in (`e` effective, `i` inheritable, `p` permitted); groups with other sets follow
/// after a blank: `cap_net_raw+ep`. A capability without a name here is its number. ` [rootid=1000]` stands behind
/// those that hold in the user namespace of that user only.
///
/// Source: capabilities(7), "File capabilities" and "File capability extended attribute versioning"; Linux,
/// include/uapi/linux/capability.h, `struct vfs_cap_data` and `struct vfs_ns_cap_data`, all numbers little-endian.
public final class FileCapabilities {

    /// The extended attribute that holds them.
    public static final String ATTRIBUTE = "security.capability";

    /// Names by number, as of Linux 6.12.
    private static final List<String> NAMES = List.of(
            "chown",
            "dac_override",
            "dac_read_search",
            "fowner",
            "fsetid",
            "kill",
            "setgid",
            "setuid",
            "setpcap",
            "linux_immutable",
            "net_bind_service",
            "net_broadcast",
            "net_admin",
            "net_raw",
            "ipc_lock",
            "ipc_owner",
            "sys_module",
            "sys_rawio",
            "sys_chroot",
            "sys_ptrace",
            "sys_pacct",
            "sys_admin",
            "sys_boot",
            "sys_nice",
            "sys_resource",
            "sys_time",
            "sys_tty_config",
            "mknod",
            "lease",
            "audit_write",
            "audit_control",
            "setfcap",
            "mac_override",
            "mac_admin",
            "syslog",
            "wake_alarm",
            "block_suspend",
            "audit_read",
            "perfmon",
            "bpf",
            "checkpoint_restore");

    private static final int REVISION_1 = 0x01;
    private static final int REVISION_2 = 0x02;
    private static final int REVISION_3 = 0x03;
    private static final int EFFECTIVE = 0x000001;

    private FileCapabilities() {}

    /// What an attribute says.
    public sealed interface Reading {}

    /// @param text empty where the attribute gives no capability at all
    public record Understood(String text) implements Reading {}

    /// @param reason for people
    public record Refused(String reason) implements Reading {}

    /// @param attribute the value of `security.capability`
    public static Reading read(byte[] attribute) {
        if (attribute.length < 4) {
            return new Refused("capabilities of " + attribute.length + " bytes");
        }
        var revision = attribute[3] & 0xff;
        var expected = switch (revision) {
            case REVISION_1 -> 12;
            case REVISION_2 -> 20;
            case REVISION_3 -> 24;
            default -> 0;
        };
        if (expected == 0) {
            return new Refused("capabilities of the unknown revision " + revision);
        }
        if (attribute.length != expected) {
            return new Refused(
                    "capabilities of revision " + revision + " in " + attribute.length + " bytes, not in " + expected);
        }
        var permitted = number(attribute, 4);
        var inheritable = number(attribute, 8);
        if (revision != REVISION_1) {
            permitted |= number(attribute, 12) << 32;
            inheritable |= number(attribute, 16) << 32;
        }
        var text = text(permitted, inheritable, (attribute[0] & EFFECTIVE) != 0);
        var root = revision == REVISION_3 ? number(attribute, 20) : 0;
        return new Understood(root == 0 || text.isEmpty() ? text : text + " [rootid=" + root + "]");
    }

    private static String text(long permitted, long inheritable, boolean effective) {
        Map<String, List<String>> bySets = new LinkedHashMap<>();
        for (var number = 0; number < Long.SIZE; number++) {
            var isPermitted = ((permitted >>> number) & 1) != 0;
            var isInheritable = ((inheritable >>> number) & 1) != 0;
            if (isPermitted || isInheritable) {
                var sets = (effective ? "e" : "") + (isInheritable ? "i" : "") + (isPermitted ? "p" : "");
                bySets.computeIfAbsent(sets, _ -> new ArrayList<>())
                        .add(number < NAMES.size() ? "cap_" + NAMES.get(number) : String.valueOf(number));
            }
        }
        var groups = new ArrayList<String>();
        bySets.forEach((sets, names) -> groups.add(String.join(",", names) + "+" + sets));
        return String.join(" ", groups);
    }

    private static long number(byte[] bytes, int at) {
        return (bytes[at] & 0xffL)
                | ((bytes[at + 1] & 0xffL) << 8)
                | ((bytes[at + 2] & 0xffL) << 16)
                | ((bytes[at + 3] & 0xffL) << 24);
    }
}
