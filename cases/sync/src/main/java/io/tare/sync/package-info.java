/**
 * Brings files from an object store or a directory to FTP or a directory and remembers, in a memory-mapped state file, what is
 * already there. Reading order: {@code Main}, {@code run}, {@code state}, {@code rewrite}, {@code source},
 * {@code destination}, {@code bench}.
 */
@NullMarked
package io.tare.sync;

import org.jspecify.annotations.NullMarked;
