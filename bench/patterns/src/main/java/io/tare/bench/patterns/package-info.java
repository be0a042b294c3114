/** One class for each technique: the naive form, the good form, the library's and the best-known peer's. Reading order: {@link io.tare.bench.patterns.PatternBenchmark}, any class ending in Pattern, {@link io.tare.bench.patterns.PatternTable}. */
package io.tare.bench.patterns;
