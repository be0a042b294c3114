/**
 * Processes while they are watched: the screen, and the metrics for whoever scrapes them.
 */
@NullMarked
package io.tare.report.live;

import org.jspecify.annotations.NullMarked;
