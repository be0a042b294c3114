/** Fragments from the cache or from their origin, one fetch for many waiters. Reading order: {@code Fragments}, {@code FragmentCache}. */
@NullMarked
package io.tare.include.fragment;

import org.jspecify.annotations.NullMarked;
