/** What the ledger says of programs that know the truth about themselves: the labelled corpus of {@code cases/faults}. */
package io.tare.app.accuracy;
