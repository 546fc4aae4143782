/// E-mail, by SMTP.
@NullMarked
package dev.plimsoll.server.notify.email;

import org.jspecify.annotations.NullMarked;
