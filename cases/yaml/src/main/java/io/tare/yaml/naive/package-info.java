/** What the loader is compared with: everything an object. */
@NullMarked
package io.tare.yaml.naive;

import org.jspecify.annotations.NullMarked;
