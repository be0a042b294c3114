/** Profiles as files: pprof's protocol buffers, and collapsed stacks. */
@NullMarked
package io.tare.formats.profile;

import org.jspecify.annotations.NullMarked;
