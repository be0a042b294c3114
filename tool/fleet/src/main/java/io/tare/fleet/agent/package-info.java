/**
 * {@code tare agent}: one process a node. Read {@code NodeAgent} first (the loop), then {@code Newcomers} and {@code ProcessRule} (whom),
 * {@code NodeTurns} and {@code NodeBudget} (how often), {@code WhoseProcess} (names), {@code Track}, {@code Segment} and {@code Spool} (what is
 * written), {@code Delivery} and {@code Destination} (where it goes).
 */
@NullMarked
package io.tare.fleet.agent;

import org.jspecify.annotations.NullMarked;
