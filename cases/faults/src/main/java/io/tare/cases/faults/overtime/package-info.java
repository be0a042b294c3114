/**
 * Programs whose memory changes over time, each with its truth: what grows in which account, how fast, or nothing. Read {@link
 * io.tare.cases.faults.overtime.StoryTable} first.
 */
@NullMarked
package io.tare.cases.faults.overtime;

import org.jspecify.annotations.NullMarked;
