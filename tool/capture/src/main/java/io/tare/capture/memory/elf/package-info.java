/**
 * ELF files as far as symbols need: headers, sections, symbol tables. Read {@link io.tare.capture.memory.elf.ElfSymbols} first.
 */
@NullMarked
package io.tare.capture.memory.elf;

import org.jspecify.annotations.NullMarked;
