/** What this process can measure of itself: its mappings, stacks, heap, pools and collector. */
@NullMarked
package io.tare.cases.faults.self;

import org.jspecify.annotations.NullMarked;
