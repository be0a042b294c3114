/**
 * What text and HTML show alike: the ledger's rows, the scales, the strongest sentence. Read {@link io.tare.report.view.LedgerRows} first.
 */
@NullMarked
package io.tare.report.view;

import org.jspecify.annotations.NullMarked;
