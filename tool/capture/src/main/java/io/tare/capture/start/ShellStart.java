package io.tare.capture.start;

import io.tare.capture.kernel.ChildEnd;
import io.tare.capture.kernel.FosterParent;
import io.tare.capture.kernel.Pipe;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.history.Ending.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts a command from a shell's fork of itself, and takes it in when the shell has been ended: it is a child of this process as any
 * other, in the same session, group and folder, with the same input, outputs and signals; only that it began as a small program. See ADR
 * 21.
 *
 * <p>The fork tells its pid and waits for a word before it becomes the command, so that nothing is lost when the command is over at once,
 * and nothing is left when this process ends in between.
 */
final class ShellStart {
  /** What follows is one argument each: where to tell the pid, where to wait, where the outputs go, the command. */
  private static final String SCRIPT = """
      (
      { read -r _tare_pid _tare_rest < /proc/self/stat && echo "$_tare_pid" > "$1" && read -r _tare_go < "$2"; } \
      2> /dev/null || exit 125
      shift 2
      unset _tare_pid _tare_rest _tare_go; UNDO
      EXECUTE
      )
      exit $?""";
  private static final String AS_IT_IS = "exec \"$@\"";
  private static final String INTO_PIPES = "_tare_out=$1 _tare_err=$2; shift 2; exec \"$@\" > \"$_tare_out\" 2> \"$_tare_err\"";
  private static final long EXEC_NANOS = 2_000_000_000L;
  private static final long LOOK_NANOS = 100_000;
  /** What a program that does nothing, {@code true}, has resident with its C library. */
  private static final long SMALLEST_BYTES = 1 << 20;
  private static final int NOT_RUNNABLE = 126;
  private static final int NOT_FOUND = 127;

  private ShellStart() {}

  /** Nothing was started; it can be started another way. */
  static final class NotPossible extends IOException {
    private static final long serialVersionUID = 1L;

    NotPossible(String why, Throwable cause) {
      super(why, cause);
    }

    NotPossible(String why) {
      super(why);
    }
  }

  static StartedCommand start(ProcessBuilder builder, boolean reads) throws IOException {
    List<Pipe> outputs = new ArrayList<>();
    List<InputStream> streams = new ArrayList<>();
    try (Pipe told = pipe(); Pipe go = pipe()) {
      for (int i = 0; reads && i < 2; i++) {
        outputs.add(pipe());
      }
      long pid = fork(builder, told, go, outputs);
      for (Pipe output : outputs) {
        streams.add(output.reading());
      }
      Fork fork = Fork.of(pid).filter(one -> one.parent() == ProcessHandle.current().pid())
          .orElseThrow(() -> new NotPossible("the kernel does not give orphans to it"));
      ProcessHandle handle = ProcessHandle.of(pid).orElseThrow(() -> new NotPossible("what a shell forked is gone"));
      go.write("go");
      return begun(handle, fork, streams);
    } finally {
      for (Pipe output : outputs) {
        output.close();
      }
    }
  }

  private static Pipe pipe() throws NotPossible {
    try {
      return Pipe.open();
    } catch (IOException refused) {
      throw new NotPossible(String.valueOf(refused.getMessage()), refused);
    }
  }

  /** The fork's pid, once the shell that made it is gone and it waits for its word. */
  // One at a time: while one waits for its orphan, another must not say that orphans go elsewhere.
  private static synchronized long fork(ProcessBuilder builder, Pipe told, Pipe go, List<Pipe> outputs)
      throws NotPossible {
    try (FosterParent _ = FosterParent.open()) {
      Process shell = shell(builder, told, go, outputs).start();
      var _ = shell.onExit().thenRun(() -> told.writer().close());
      try (BufferedReader news = new BufferedReader(new InputStreamReader(told.reading(), StandardCharsets.US_ASCII))) {
        String line = news.readLine();
        if (line == null) {
          throw new NotPossible(ShellFit.SHELL + " could not begin");
        }
        return Long.parseLong(line);
      } finally {
        shell.destroyForcibly();
        shell.waitFor();
      }
    } catch (NotPossible known) {
      throw known;
    } catch (IOException | NumberFormatException refused) {
      throw new NotPossible(String.valueOf(refused.getMessage()), refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotPossible("it was stopped", stopped);
    }
  }

  private static ProcessBuilder shell(ProcessBuilder asked, Pipe told, Pipe go, List<Pipe> outputs) {
    String script = SCRIPT.replace("UNDO", ShellFit.undoing(asked.environment()))
        .replace("EXECUTE", outputs.isEmpty() ? AS_IT_IS : INTO_PIPES);
    List<String> words = Stream.of(
        Stream.of(ShellFit.SHELL.toString(), "-c", script, "sh", told.writersPath(), go.readersPath()),
        outputs.stream().map(Pipe::writersPath), asked.command().stream()).flatMap(each -> each).toList();
    ProcessBuilder shell = new ProcessBuilder(words).directory(asked.directory())
        .redirectInput(asked.redirectInput()).redirectErrorStream(asked.redirectErrorStream())
        .redirectOutput(outputs.isEmpty() ? asked.redirectOutput() : Redirect.INHERIT)
        .redirectError(outputs.isEmpty() ? asked.redirectError() : Redirect.INHERIT);
    shell.environment().clear();
    shell.environment().putAll(asked.environment());
    return shell;
  }

  private static StartedCommand begun(ProcessHandle handle, Fork before, List<InputStream> streams) throws IOException {
    Fork now = before;
    for (long began = System.nanoTime(); now.isForkStill() && !now.hasEnded()
        && System.nanoTime() - began < EXEC_NANOS;) {
      LockSupport.parkNanos(LOOK_NANOS);
      now = Fork.of(handle.pid()).orElse(before);
    }
    CompletableFuture<ChildEnd> end = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("end of " + handle.pid()).start(() -> collect(handle.pid(), end));
    if (now.isForkStill() && now.hasEnded()) {
      refuse(end.join().exitValue());
    }
    long least = before.peakBytes();
    return new StartedCommand(handle, end.thenApply(ChildEnd::exitValue), () -> usage(end, least), streams,
        Optional.empty());
  }

  private static void collect(long pid, CompletableFuture<ChildEnd> end) {
    try {
      end.complete(ChildEnd.await(pid));
    } catch (IOException lost) {
      end.completeExceptionally(lost);
    }
  }

  /** The shell has said why, to where the command's own errors go. */
  private static void refuse(int code) throws IOException {
    if (code == NOT_FOUND) {
      throw new IOException("No such file or directory, nor what it is to be run by");
    }
    if (code == NOT_RUNNABLE) {
      throw new IOException("Exec format error, or permission denied");
    }
  }

  /**
   * What is no larger than the fork was may be the fork's own, for the kernel keeps that beyond its becoming another program: it is told where
   * the fork was so small that no program is smaller.
   */
  static Usage usage(CompletableFuture<ChildEnd> end, long least) {
    ChildEnd known = end.join();
    boolean isItsOwn = known.peakBytes() > least || least <= SMALLEST_BYTES;
    return new Usage(isItsOwn ? OptionalLong.of(known.peakBytes()) : OptionalLong.empty(),
        OptionalLong.of(known.cpuNanos()));
  }

  /**
   * A process as the kernel tells of it, ended or not.
   *
   * @param flags PF_… of the kernel
   * @param peakBytes 0 where it has ended
   */
  private record Fork(char state, long parent, long flags, long peakBytes) {
    /** "Forked but didn't exec." */
    private static final long PF_FORKNOEXEC = 0x40;
    private static final int PARENT = 1;
    private static final int FLAGS = 6;
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    static Optional<Fork> of(long pid) {
      ProcessFolder folder = new ProcessFolder(ProcessFolder.LIVE_ROOT, pid);
      Matcher peak = PEAK.matcher(folder.text("status").orElse(""));
      long peakBytes = peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
      return folder.text("stat").map(text -> text.substring(text.lastIndexOf(')') + 2).split(" "))
          .filter(fields -> fields.length > FLAGS).map(fields -> new Fork(fields[0].charAt(0),
              Long.parseLong(fields[PARENT]), Long.parseLong(fields[FLAGS]), peakBytes));
    }

    boolean isForkStill() {
      return (flags & PF_FORKNOEXEC) != 0;
    }

    boolean hasEnded() {
      return state == 'Z' || state == 'X';
    }
  }
}
