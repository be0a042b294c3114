/**
 * What the kernel says of a process: mappings, status, resident pages, threads, descriptors. Read {@link io.tare.model.proc.Smaps} first.
 */
@NullMarked
package io.tare.model.proc;

import org.jspecify.annotations.NullMarked;
