/**
 * JUnit's XML, which continuous integration shows as tests.
 */
@NullMarked
package io.tare.report.junit;

import org.jspecify.annotations.NullMarked;
