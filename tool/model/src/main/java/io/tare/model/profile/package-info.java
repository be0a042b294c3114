/** Who allocated what: call stacks with values, from a process or from a file. */
@NullMarked
package io.tare.model.profile;

import org.jspecify.annotations.NullMarked;
