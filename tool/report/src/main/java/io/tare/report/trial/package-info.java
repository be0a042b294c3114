/** Trials and growth, as text, JSON and a page. */
@NullMarked
package io.tare.report.trial;

import org.jspecify.annotations.NullMarked;
