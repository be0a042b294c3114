/**
 * Recordings told from their beginning to their end. Read {@link io.tare.report.story.StoryText} first.
 */
@NullMarked
package io.tare.report.story;

import org.jspecify.annotations.NullMarked;
