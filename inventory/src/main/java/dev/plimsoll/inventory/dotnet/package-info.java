/// Assemblies and NuGet packages.
@NullMarked
package dev.plimsoll.inventory.dotnet;

import org.jspecify.annotations.NullMarked;
