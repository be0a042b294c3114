/**
 * Commands that say what to do: {@code advise} names sizes from recordings ({@link io.tare.app.advice.AdviseCommand}), {@code checklist}
 * answers what should hold in production ({@link io.tare.app.advice.ChecklistCommand}).
 */
@NullMarked
package io.tare.app.advice;

import org.jspecify.annotations.NullMarked;
