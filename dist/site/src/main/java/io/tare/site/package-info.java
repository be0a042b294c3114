/**
 * The documentation as static pages: what stands in {@code README.md}, {@code docs} and beside the programs, in the look of Tare's own pages, with one
 * search. Nothing is loaded from elsewhere, and a folder of files is all that a web server, or a browser without one, needs.
 */
@NullMarked
package io.tare.site;

import org.jspecify.annotations.NullMarked;
