/**
 * What each account, kind and evidence means: {@code accounts.txt}, its reader, and the pages of {@code tare help}.
 */
@NullMarked
package io.tare.report.guide;

import org.jspecify.annotations.NullMarked;
