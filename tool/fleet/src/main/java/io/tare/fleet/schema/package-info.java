/** What a fleet's files hold: {@code schema.sql} says the tables, {@link io.tare.fleet.schema.Row} is one row of each. */
@NullMarked
package io.tare.fleet.schema;

import org.jspecify.annotations.NullMarked;
