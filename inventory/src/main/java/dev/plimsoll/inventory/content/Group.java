package dev.plimsoll.inventory.content;

import java.util.List;

/// A line of `/etc/group`. Source: group(5).
///
/// @param members names of accounts, in the order of the file
public record Group(String name, long groupId, List<String> members) {
    public Group {
        members = List.copyOf(members);
    }
}
