/**
 * One weighing in every form. What all forms show alike comes first: {@link io.tare.report.ledger.Headline},
 * {@link io.tare.report.ledger.LedgerRows}, {@link io.tare.report.ledger.ScaleRow}. Then read
 * {@link io.tare.report.ledger.LedgerText} from top to bottom, and {@link io.tare.report.ledger.LedgerHtml} beside it: each calls the parts
 * of its form in the order in which they stand on the page.
 */
@NullMarked
package io.tare.report.ledger;

import org.jspecify.annotations.NullMarked;
