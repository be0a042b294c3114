/**
 * What text formats share: walking over lines, and reading numbers, addresses and sizes with units. Start with {@link
 * io.tare.formats.text.LineReader}.
 */
@NullMarked
package io.tare.formats.text;

import org.jspecify.annotations.NullMarked;
