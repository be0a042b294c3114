/**
 * The questions: each one SQL file that runs unchanged on DuckDB and on Spark, {@link io.tare.fleet.ask.Question} reads them,
 * {@link io.tare.fleet.ask.Asking} puts them to an engine, {@link io.tare.fleet.ask.AnswerForms} sets the answers.
 */
@NullMarked
package io.tare.fleet.ask;

import org.jspecify.annotations.NullMarked;
