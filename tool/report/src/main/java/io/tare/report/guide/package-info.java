/**
 * What each account, kind and evidence means. Read {@link io.tare.report.guide.AccountGuide} first.
 */
@NullMarked
package io.tare.report.guide;

import org.jspecify.annotations.NullMarked;
