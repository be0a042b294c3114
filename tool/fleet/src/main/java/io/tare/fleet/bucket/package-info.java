/** Object stores that speak S3: what an agent puts there, and what a fleet takes from there. */
@NullMarked
package io.tare.fleet.bucket;

import org.jspecify.annotations.NullMarked;
