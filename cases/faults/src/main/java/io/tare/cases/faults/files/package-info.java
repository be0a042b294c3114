/** Situations of mapped files, shared memory and the page cache. */
@NullMarked
package io.tare.cases.faults.files;

import org.jspecify.annotations.NullMarked;
