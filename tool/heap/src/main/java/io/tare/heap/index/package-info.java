/**
 * From addresses to numbers: which objects there are, of which class, how large the VM made them. Reading order: {@code DumpIndex} (what
 * comes out), {@code FirstPass} (what one walk gathers, several threads through {@code Passes}), {@code BitmapIndex} or
 * {@code SortedIndex} (the numbers), {@code ClassesBuilder} with {@code Layout} and {@code FieldPlaces} (the sizes), {@code Classes}.
 */
@NullMarked
package io.tare.heap.index;

import org.jspecify.annotations.NullMarked;
