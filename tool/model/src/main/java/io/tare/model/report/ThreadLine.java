package io.tare.model.report;

import io.tare.model.AddressRange;

/** One stack: whose, where, how much of it is resident. */
public record ThreadLine(long tid, String name, String sort, AddressRange stack, long residentBytes) {}
