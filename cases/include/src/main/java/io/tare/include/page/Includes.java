package io.tare.include.page;

import io.tare.include.expression.Template;
import io.tare.include.fragment.Address;
import io.tare.include.fragment.BadAddress;
import io.tare.include.fragment.Fragment;
import io.tare.include.fragment.Fragments;
import io.tare.include.scan.TagScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Resolves the includes of one page and of its fragments: each on a virtual thread, unless it lies in the cache as it is. */
final class Includes {
  private static final int SCANNER_BYTES = 4_096;

  private final Fragments fragments;
  private final PageRequest request;
  private final PageLimits limits;
  private final Problems problems;
  private final AtomicInteger left;

  Includes(Fragments fragments, PageRequest request, PageLimits limits, Problems problems) {
    this.fragments = fragments;
    this.request = request;
    this.limits = limits;
    this.problems = problems;
    this.left = new AtomicInteger(limits.includes());
  }

  PageRequest request() {
    return request;
  }

  PageLimits limits() {
    return limits;
  }

  Problems problems() {
    return problems;
  }

  /** Puts the include into the sink; the chain names the page and the fragments that it stands in, outermost first. */
  void include(Include include, List<Address> chain, Sink sink) throws IOException {
    if (left.getAndDecrement() <= 0) {
      problems.add(include.where(), "more than " + limits.includes() + " includes");
      sink.promise(done(Included.FAILED));
      return;
    }
    Optional<Fragment> cached = include.src().flatMap(src -> cachedAsItIs(src, chain));
    if (cached.isPresent()) {
      sink.whole(cached.get().bytes());
      return;
    }
    FutureTask<Included> task = new FutureTask<>(() -> firstThatWorks(include, chain));
    Thread.ofVirtual().start(task);
    sink.promise(task);
  }

  private static FutureTask<Included> done(Included included) {
    FutureTask<Included> task = new FutureTask<>(() -> included);
    task.run();
    return task;
  }

  private Optional<Fragment> cachedAsItIs(String src, List<Address> chain) {
    try {
      Address address = allowed(src, chain);
      return fragments.cached(address).filter(fragment -> !fragment.hasTags());
    } catch (BadAddress | Refused refused) {
      // The long way says why.
      return Optional.empty();
    }
  }

  private Included firstThatWorks(Include include, List<Address> chain) {
    List<String> sources = new ArrayList<>();
    include.src().ifPresent(sources::add);
    include.alt().ifPresent(sources::add);
    if (include.src().isEmpty()) {
      problems.add(include.where(), "an include without src");
    }
    for (String source : sources) {
      try {
        return Included.of(assembled(source, chain));
      } catch (BadAddress | Refused | IOException e) {
        problems.add(include.where(), String.valueOf(e.getMessage()));
      }
    }
    return include.continuesOnError() ? Included.NOTHING : Included.FAILED;
  }

  private byte[] assembled(String source, List<Address> chain) throws BadAddress, Refused, IOException {
    Address address = allowed(source, chain);
    Fragment fragment = fragments.get(address);
    if (!fragment.hasTags()) {
      return fragment.bytes();
    }
    List<Address> longer = new ArrayList<>(chain);
    longer.add(address);
    TagScanner scanner = new TagScanner(SCANNER_BYTES);
    scanner.reset(new ByteArrayInputStream(fragment.bytes()));
    BoundedBytes bytes = new BoundedBytes(limits.blockBytes());
    new PageProcessor(scanner, this, longer).assemble(bytes);
    return bytes.toBytes();
  }

  private Address allowed(String source, List<Address> chain) throws BadAddress, Refused {
    Address address = chain.getLast().resolve(Template.inAddress(source, request.variables()));
    if (!request.origins().contains(address.origin())) {
      throw new Refused(address.origin() + " is not one of the configured origins");
    }
    if (chain.contains(address)) {
      throw new Refused(address + " includes itself");
    }
    if (chain.size() > limits.depth()) {
      throw new Refused("includes are nested deeper than " + limits.depth());
    }
    return address;
  }

  /** A source that must not be fetched. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
