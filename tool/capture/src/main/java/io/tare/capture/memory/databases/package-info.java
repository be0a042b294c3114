/**
 * What a database keeps in memory of its files, read from outside without symbols: InnoDB's buffer pool
 * ({@link io.tare.capture.memory.databases.InnodbPool}).
 */
@NullMarked
package io.tare.capture.memory.databases;

import org.jspecify.annotations.NullMarked;
