/// Where large immutable things lie: inventories, facts of layers, advisory files, each named by the digest of its
/// contents.
@NullMarked
package dev.plimsoll.server.objects;

import org.jspecify.annotations.NullMarked;
