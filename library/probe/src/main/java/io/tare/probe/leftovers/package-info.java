/** What a piece of work leaves behind: objects per class, threads, buffers, files, class loaders, beans, hooks. */
@NullMarked
package io.tare.probe.leftovers;

import org.jspecify.annotations.NullMarked;
