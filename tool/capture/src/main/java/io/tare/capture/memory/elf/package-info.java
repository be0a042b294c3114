/**
 * ELF files as far as symbols need: headers and sections ({@link io.tare.capture.memory.elf.ElfHeaders}), the symbol tables of a file
 * ({@link io.tare.capture.memory.elf.ElfSymbols}), with its last answers kept ({@link io.tare.capture.memory.elf.FileSymbols}), or those of an
 * image in memory ({@link io.tare.capture.memory.elf.MemorySymbols}).
 */
@NullMarked
package io.tare.capture.memory.elf;

import org.jspecify.annotations.NullMarked;
