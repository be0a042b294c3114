/** Situations of generated classes and of their compiled code. */
@NullMarked
package io.tare.cases.faults.classes;

import org.jspecify.annotations.NullMarked;
