/**
 * A report as JSON. Read {@link io.tare.report.json.LedgerJson} first.
 */
@NullMarked
package io.tare.report.json;

import org.jspecify.annotations.NullMarked;
