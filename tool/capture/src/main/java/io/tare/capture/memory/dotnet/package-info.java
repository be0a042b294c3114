/**
 * The heap of .NET, from Core 3.1 on. {@link io.tare.capture.memory.dotnet.GcVariables} is found in the runtime library's variables, names the
 * collector's own, and these lead to the heaps, their generations, and the segments (regions, from .NET 7 on) of each. Comes in: memory and mappings;
 * goes out: ranges, and what of them holds objects. Everything is believed only where the structures agree with each other.
 */
@NullMarked
package io.tare.capture.memory.dotnet;

import org.jspecify.annotations.NullMarked;
