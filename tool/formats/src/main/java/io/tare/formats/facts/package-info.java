/**
 * The line format of artefacts that Tare itself writes into a capture: {@code word key=value key=value}. One line is a
 * {@link io.tare.formats.facts.Fact}.
 */
@NullMarked
package io.tare.formats.facts;

import org.jspecify.annotations.NullMarked;
