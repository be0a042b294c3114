/**
 * A report as one self-contained page. Read {@link io.tare.report.html.HtmlReport} first; {@link io.tare.report.html.Html} does all the escaping.
 */
@NullMarked
package io.tare.report.html;

import org.jspecify.annotations.NullMarked;
