/**
 * The query language: a subset of OQL as Eclipse MAT has it. Reading order: {@code Lexer}, {@code QueryParser}, {@code Query},
 * {@code Expression}, {@code QueryRun}, {@code Evaluator}; {@code
 * TextSearch} for conditions on the texts of many strings.
 */
@NullMarked
package io.tare.heap.query;

import org.jspecify.annotations.NullMarked;
