/**
 * What the words of a command line stand for: {@link io.tare.app.operand.Operand} decides, the others fetch it: a process's capture, a file's
 * content, one side of a comparison.
 */
@NullMarked
package io.tare.app.operand;

import org.jspecify.annotations.NullMarked;
