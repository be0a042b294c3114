/** Memory by address, where the text lies, and that it is text. */
@NullMarked
package io.tare.yaml.memory;

import org.jspecify.annotations.NullMarked;
