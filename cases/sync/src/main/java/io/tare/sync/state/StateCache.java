package io.tare.sync.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/**
 * The state of all files, in one memory-mapped file. Work is done in short transactions, one at a time: {@link #read} and
 * {@link #write} run what they are given and end the transaction, whatever happens.
 *
 * <p>Only one process may have a state file open: {@link StateOwnership}. Call from platform threads: the store's write lock
 * belongs to a thread of the kernel.
 */
public final class StateCache implements AutoCloseable {
  private static final int TABLES = 3;
  private static final int MOST_READERS = 16;

  private final Path file;
  private final StateOwnership ownership;
  private final Env<ByteBuffer> environment;
  private final Tables tables;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final Scratch scratch = new Scratch();

  /** The tables of the file. */
  record Tables(Dbi<ByteBuffer> files, Dbi<ByteBuffer> notes, Dbi<ByteBuffer> units) {}

  private StateCache(Path file, StateOwnership ownership, Env<ByteBuffer> environment) {
    this.file = file;
    this.ownership = ownership;
    this.environment = environment;
    this.tables = new Tables(environment.openDbi("files", DbiFlags.MDB_CREATE),
        environment.openDbi("notes", DbiFlags.MDB_CREATE), environment.openDbi("units", DbiFlags.MDB_CREATE));
  }

  /** Opens the file, or makes it where there is none. Readers that a killed process left behind are cleared: they would keep every freed page. */
  public static StateCache open(Path file, StateOptions options) throws IOException {
    StateOwnership ownership = StateOwnership.take(file);
    try {
      StateFileCheck.beforeOpening(file);
      StateCache cache = new StateCache(file, ownership, environment(file, options));
      cache.environment.readerCheck();
      FormatNote.checkOrWrite(cache);
      return cache;
    } catch (LmdbException refused) {
      ownership.close();
      throw new StateFileRefused(file, String.valueOf(refused.getMessage()));
    } catch (IOException | RuntimeException failure) {
      ownership.close();
      throw failure;
    }
  }

  private static Env<ByteBuffer> environment(Path file, StateOptions options) {
    EnvFlags[] own = {EnvFlags.MDB_NOSUBDIR, EnvFlags.MDB_NOTLS};
    EnvFlags[] flags = new EnvFlags[own.length + options.durability().flags().size()];
    System.arraycopy(own, 0, flags, 0, own.length);
    for (int i = own.length; i < flags.length; i++) {
      flags[i] = options.durability().flags().get(i - own.length);
    }
    return Env.create().setMapSize(options.mostBytes()).setMaxDbs(TABLES).setMaxReaders(MOST_READERS)
        .open(file.toFile(), flags);
  }

  public Path file() {
    return file;
  }

  /** What is done inside one transaction. Nothing of the transaction may leave it but plain values. */
  public interface Work<R> {
    R in(StateTransaction transaction);
  }

  public <R> R read(Work<R> work) {
    oneAtATime.lock();
    try (Txn<ByteBuffer> native_ = environment.txnRead();
        StateTransaction transaction = new StateTransaction(native_, tables, scratch)) {
      return work.in(transaction);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Commits when the work returns; when it throws, nothing of it is kept. */
  public <R> R write(Work<R> work) {
    oneAtATime.lock();
    try (Txn<ByteBuffer> native_ = environment.txnWrite()) {
      R result;
      try (StateTransaction transaction = new StateTransaction(native_, tables, scratch)) {
        result = work.in(transaction);
      }
      native_.commit();
      return result;
    } catch (Env.MapFullException full) {
      throw new StateFileFull("it has reached its limit");
    } catch (LmdbNativeException.ConstantDerivedException failure) {
      throw new StateFileFull(String.valueOf(failure.getMessage()));
    } finally {
      oneAtATime.unlock();
    }
  }

  /** A reading transaction that stays open beside writing ones, as long as the caller wants: what the file may not do with freed pages meanwhile is the price. */
  public HeldReading hold() {
    Txn<ByteBuffer> held = environment.txnRead();
    return new HeldReading(held, new StateTransaction(held, tables, new Scratch()));
  }

  public long entries() {
    return read(transaction -> transaction.entries());
  }

  /** Waits until the disk has everything committed so far. */
  public void sync() {
    environment.sync(true);
  }

  /** Takes the file's pages out of this process's RSS; the next walk brings back what it reads. */
  public boolean releaseMappedPages() throws IOException {
    return MappedPages.release(file);
  }

  public StateFileSize size() throws IOException {
    Stat files = read(StateTransaction::statOfFiles);
    long pages = environment.info().lastPageNumber + 1;
    long inUse = files.branchPages + files.leafPages + files.overflowPages;
    return new StateFileSize(Files.size(file), pages * files.pageSize, inUse * files.pageSize, files.entries);
  }

  @Override
  public void close() {
    environment.sync(true);
    environment.close();
    ownership.close();
  }
}
