/// How is foreign XML read, without document types and entities?
@NullMarked
package dev.plimsoll.inventory.xml;

import org.jspecify.annotations.NullMarked;
