/**
 * The query language: a subset of OQL as Eclipse MAT has it. From text to a query: {@code Tokens}, {@code QueryParser},
 * {@code ExpressionParser}, {@code OperandParser}, {@code Query}, {@code Expression}. From a query to rows: {@code QueryRun},
 * {@code Candidates}, {@code Warmup}, {@code Evaluator}, {@code Values}, {@code Ranking}; {@code TextSearch} for conditions on the texts
 * of many strings.
 */
@NullMarked
package io.tare.heap.query;

import org.jspecify.annotations.NullMarked;
