package io.tare.include.naive;

/** A fragment as text, and until when it may be used; nobody looks at that but the one who asks for it again. */
record CachedText(String text, long freshUntilMillis) {}
