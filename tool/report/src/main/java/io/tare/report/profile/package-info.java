/** Who allocated what. */
@NullMarked
package io.tare.report.profile;

import org.jspecify.annotations.NullMarked;
