package io.tare.model.jvm;

import io.tare.model.AddressRange;

/** A thread that the JVM knows: its kernel id (0 when unknown), its name, its stack, and whether it runs Java code. */
public record JvmThread(long tid, String name, AddressRange stack, boolean java) {}
