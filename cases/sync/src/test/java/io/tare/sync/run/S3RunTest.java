package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.command.SyncProgram;
import io.tare.sync.destination.FileServer;
import io.tare.sync.source.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3RunTest {
  @TempDir
  Path directory;

  @Test
  void anObjectStoreIsMirroredOnAnFtpServer() throws Exception {
    try (ObjectStore store = ObjectStore.start(); FileServer server = FileServer.start(directory.resolve("home"))) {
      for (int i = 0; i < 30; i++) {
        store.put("mirror/a" + i % 3 + "/file-" + i, "content " + i);
      }
      SyncProgram.Ended first = run(store, server, ObjectStore.BUCKET, "by-level");
      assertThat(first.said()).contains("30 brought over");
      assertThat(Files.readString(directory.resolve("home/in/a1/file-4"))).isEqualTo("content 4");
      store.delete("mirror/a1/file-4");
      store.put("mirror/a2/file-5", "changed content");
      SyncProgram.Ended second = run(store, server, ObjectStore.BUCKET, "flat");
      assertThat(second.said()).contains("1 brought over, 0 were there already, 1 deleted");
      assertThat(second.exitCode()).isZero();
      assertThat(directory.resolve("home/in/a1/file-4")).doesNotExist();
      assertThat(directory.resolve("home/in/a2/file-5")).hasContent("changed content");
    }
  }

  @Test
  void aMissingBucketEndsTheRunWithASentence() throws Exception {
    try (ObjectStore store = ObjectStore.start(); FileServer server = FileServer.start(directory.resolve("home"))) {
      SyncProgram.Ended ended = run(store, server, "nowhere", "flat");
      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(ended.said()).contains("sync: there is no bucket nowhere").doesNotContain("Exception");
    }
  }

  private SyncProgram.Ended run(ObjectStore store, FileServer server, String bucket, String listing) throws Exception {
    Map<String, String> environment = Map.of("SYNC_FTP_PASSWORD", FileServer.PASSWORD, "AWS_ACCESS_KEY_ID",
        ObjectStore.KEY.keyId(), "AWS_SECRET_ACCESS_KEY", ObjectStore.KEY.secret());
    return SyncProgram.run(environment, directory.resolve("run.log"), "run", "--from", "s3://" + bucket + "/mirror",
        "--endpoint", store.endpoint().toString(), "--to",
        "ftp://" + FileServer.USER + "@127.0.0.1:" + server.port() + "/in", "--state",
        directory.resolve("s3.state").toString(), "--listing", listing, "--delete");
  }
}
