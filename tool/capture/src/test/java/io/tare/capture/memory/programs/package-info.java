/** Programs that the tests of memory walks build, start and ask for the truth about themselves. */
package io.tare.capture.memory.programs;
