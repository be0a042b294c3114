package io.tare.bench.patterns;

import io.netty.util.Recycler;
import io.tare.kit.Lease;
import io.tare.kit.ObjectPool;
import io.tare.kit.PoolOptions;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Seed 003's request pool with a small object, and with one that is dear to make. */
public class ObjectPoolPattern extends PatternBenchmark {
  /** A request with 64 bytes of data. */
  public static final class Request {
    int id;
    int length;
    final byte[] data = new byte[64];
    Recycler.EnhancedHandle<Request> handle;

    void reset() {
      id = 0;
      length = 0;
    }
  }

  private static final byte[] INPUT = "the same small message, again and again".getBytes();
  private final ObjectPool<Request> requests = ObjectPool.of(Request::new, Request::reset, PoolOptions.upTo(64));
  private final ObjectPool<Deflater> deflaters = ObjectPool.of(Deflater::new, Deflater::reset, PoolOptions.upTo(8));
  private final byte[] output = new byte[256];
  private Recycler<Request> recycler;
  public Request escaped;

  @Setup
  public void prepare() {
    recycler = new Recycler<Request>() {
      @Override
      protected Request newObject(Handle<Request> handle) {
        Request request = new Request();
        request.handle = (EnhancedHandle<Request>) handle;
        return request;
      }
    };
  }

  @Benchmark
  public int smallNaive() {
    return use(new Request());
  }

  @Benchmark
  public int smallKit() {
    try (Lease<Request> lease = requests.take()) {
      return use(lease.value());
    }
  }

  @Benchmark
  public int smallNettyRecycler() {
    Request request = recycler.get();
    int used = use(request);
    request.reset();
    request.handle.recycle(request);
    return used;
  }

  @Benchmark
  public int dearNaive() {
    Deflater deflater = new Deflater();
    try {
      return deflate(deflater);
    } finally {
      deflater.end();
    }
  }

  @Benchmark
  public int dearKit() {
    try (Lease<Deflater> lease = deflaters.take()) {
      return deflate(lease.value());
    }
  }

  private int use(Request request) {
    escaped = request;
    request.id = 7;
    System.arraycopy(INPUT, 0, request.data, 0, INPUT.length);
    request.length = INPUT.length;
    return request.id + request.data[3];
  }

  private int deflate(Deflater deflater) {
    deflater.setInput(INPUT);
    deflater.finish();
    return deflater.deflate(output);
  }
}
