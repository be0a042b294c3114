/** A YAML loader that keeps values in eight-byte words outside the Java heap. */
module io.tare.yaml {
  requires java.management;
  requires jdk.management;
  requires static transitive org.jspecify;

  exports io.tare.yaml;
  exports io.tare.yaml.basis;
  exports io.tare.yaml.event;
}
