/// What keeps a service's data when everything else is gone: backups that any supported PostgreSQL
/// takes, and a doctor who says what is wrong.
@NullMarked
package dev.plimsoll.server.backup;

import org.jspecify.annotations.NullMarked;
