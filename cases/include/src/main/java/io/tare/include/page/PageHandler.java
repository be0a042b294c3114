package io.tare.include.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Assembles one page: the interface that the naive and the repaired variant share. */
@FunctionalInterface
public interface PageHandler {
  Problems assemble(InputStream page, PageRequest request, OutputStream out) throws IOException;
}
