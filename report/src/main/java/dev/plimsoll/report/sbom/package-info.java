/// Software bills of materials: one neutral view of an inventory, and one class for each format.
@NullMarked
package dev.plimsoll.report.sbom;

import org.jspecify.annotations.NullMarked;
