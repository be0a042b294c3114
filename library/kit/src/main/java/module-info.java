/** Building blocks that need less memory. Start at {@link io.tare.kit.BufferPool}. */
module io.tare.kit {
  requires static transitive org.jspecify;

  exports io.tare.kit;
  exports io.tare.kit.batch;
  exports io.tare.kit.text;
}
