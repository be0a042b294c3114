package io.tare.dist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A container image as an OCI layout (a folder of blobs, named by their digests), made without a daemon. What {@code docker load} of older
 * versions wants stands beside it.
 */
final class OciImage {
  private final Path folder;
  private final Instant date;
  private final List<Blob> layers = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();

  /** Something that is named by the SHA-256 of its bytes. */
  private record Blob(String digest, int bytes) {}

  /** Starts an image in an empty folder. */
  OciImage(Path folder, Instant date) throws IOException {
    this.folder = folder;
    this.date = date;
    Files.createDirectories(folder.resolve("blobs/sha256"));
  }

  /** Puts a layer on top: everything below the root. */
  void layer(Path root) throws IOException {
    byte[] packed = Tar.gzip(root, "./", date);
    layers.add(blob(packed));
    contents.add("\"sha256:" + sha256(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes()) + "\"");
  }

  /** Writes what names the layers. */
  void finish(String entryPoint, String version) throws IOException {
    Blob config = blob(text("""
        {"created":"%s","architecture":"amd64","os":"linux","config":{"Entrypoint":["%s"],"Cmd":["ps"],\
        "Env":["PATH=/usr/lib/tare/bin:/bin","LANG=C.UTF-8"],"WorkingDir":"/",\
        "Labels":{"org.opencontainers.image.title":"tare","org.opencontainers.image.version":"%s",\
        "org.opencontainers.image.licenses":"Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0"}},\
        "rootfs":{"type":"layers","diff_ids":[%s]}}
        """.formatted(date, entryPoint, version, String.join(",", contents))));
    List<String> described = layers.stream().map(layer -> described("layer.v1.tar+gzip", layer, "")).toList();
    Blob manifest = blob(text("""
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}
        """.formatted(described("config.v1+json", config, ""), String.join(",", described))));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}\n");
    Files.writeString(folder.resolve("index.json"), """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}
        """.formatted(described("manifest.v1+json", manifest,
        ",\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"},"
            + "\"annotations\":{\"org.opencontainers.image.ref.name\":\"tare:%s\"}".formatted(version))));
    Files.writeString(folder.resolve("manifest.json"), """
        [{"Config":"blobs/sha256/%s","RepoTags":["tare:%s"],"Layers":[%s]}]
        """.formatted(config.digest, version,
        String.join(",", layers.stream().map(layer -> "\"blobs/sha256/" + layer.digest + "\"").toList())));
  }

  private static byte[] text(String json) {
    return json.strip().getBytes(StandardCharsets.UTF_8);
  }

  private static String described(String type, Blob blob, String more) {
    return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"sha256:%s\",\"size\":%d%s}"
        .formatted(type, blob.digest, blob.bytes, more);
  }

  private Blob blob(byte[] content) throws IOException {
    Blob blob = new Blob(sha256(content), content.length);
    Files.write(folder.resolve("blobs/sha256").resolve(blob.digest), content);
    return blob;
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The layout as one file. */
  byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Tar.write(folder, "", date, bytes);
    return bytes.toByteArray();
  }
}
