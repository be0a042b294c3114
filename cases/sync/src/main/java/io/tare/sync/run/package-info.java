/** A whole run: prepare, scan, finalize, transfer, each of which can be cut at any moment and goes on in the next run. Reading order: {@code SyncRun}, {@code Journal}, {@code Scan}, {@code Transfer}. */
@NullMarked
package io.tare.sync.run;

import org.jspecify.annotations.NullMarked;
