/** From tags to the assembled page, in order, within limits. Reading order: {@code PageProcessor}, {@code Includes}, {@code Assembly}. */
@NullMarked
package io.tare.include.page;

import org.jspecify.annotations.NullMarked;
