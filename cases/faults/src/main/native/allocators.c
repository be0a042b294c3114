/* Blocks of many sizes on four threads, two thirds of them freed, in whichever allocator is preloaded. Truth: its own statistics where
   it has some, else what the blocks that are left can hold. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>

#include "truth.h"

enum { THREADS = 4, LARGE_EVERY = 300 };

typedef int control(const char *, void *, size_t *, void *, size_t);

static size_t blocks_per_thread;
static size_t kept_bytes[THREADS];
static pthread_barrier_t ready;

static void *churn(void *argument) {
  size_t id = (size_t)argument;
  unsigned seed = (unsigned)id * 7919 + 1;
  char **blocks = malloc(blocks_per_thread * sizeof *blocks);
  memset(blocks, 0, malloc_usable_size(blocks));
  size_t kept = malloc_usable_size(blocks);
  for (size_t i = 0; i < blocks_per_thread; i++) {
    seed = seed * 1103515245 + 12345;
    size_t size = 16 + (seed >> 16) % 600;
    if (i % LARGE_EVERY == 0) {
      size = 20000 + (seed >> 16) % 45000 * 4;
    }
    blocks[i] = malloc(size);
    /* What nobody touched would be in use and not resident. */
    memset(blocks[i], 1, malloc_usable_size(blocks[i]));
  }
  for (size_t i = 0; i < blocks_per_thread; i++) {
    if (i % 3) {
      free(blocks[i]);
    } else {
      kept += malloc_usable_size(blocks[i]);
    }
  }
  kept_bytes[id] = kept;
  pthread_barrier_wait(&ready);
  if (id) {
    pause();
  }
  return NULL;
}

/* One of jemalloc's statistics. */
static size_t statistic(control *ask, const char *name) {
  size_t value = 0, length = sizeof value;
  return ask(name, &value, &length, NULL, 0) == 0 ? value : 0;
}

int main(int count, char **arguments) {
  static char line[4096];
  use_small_pages();
  setvbuf(stdout, line, _IOFBF, sizeof line);
  blocks_per_thread = size_bytes(count, arguments) / THREADS / 800;
  pthread_barrier_init(&ready, NULL, THREADS);
  for (size_t i = 1; i < THREADS; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, churn, (void *)i) != 0) {
      return 1;
    }
  }
  churn(NULL);
  size_t used = 0;
  for (int i = 0; i < THREADS; i++) {
    used += kept_bytes[i];
  }
  int (*property)(const char *, size_t *) = (int (*)(const char *, size_t *))dlsym(RTLD_DEFAULT, "MallocExtension_GetNumericProperty");
  control *jemalloc = (control *)dlsym(RTLD_DEFAULT, "mallctl");
  void *mimalloc = dlsym(RTLD_DEFAULT, "mi_malloc");
  const char *name = jemalloc ? "jemalloc" : property ? "tcmalloc" : mimalloc ? "mimalloc" : "allocator";
  printf("{\"fault\":\"native-%s\",\"pid\":%d,\"rssBytes\":%ld,", name, getpid(), resident_bytes());
  if (jemalloc) {
    size_t epoch = 1, length = sizeof epoch;
    jemalloc("epoch", &epoch, &length, &epoch, length);
    size_t allocated = statistic(jemalloc, "stats.allocated");
    /* 4096 stands for all arenas. */
    size_t dirty = (statistic(jemalloc, "stats.arenas.4096.pdirty") + statistic(jemalloc, "stats.arenas.4096.pmuzzy")) * 4096;
    size_t idle = statistic(jemalloc, "stats.active") - allocated + dirty;
    /* Each large block has a spare page, which may never have been touched. */
    size_t spare = (statistic(jemalloc, "stats.arenas.4096.large.nmalloc") - statistic(jemalloc, "stats.arenas.4096.large.ndalloc")) * 4096;
    printf("\"truth\":{\"malloc.used\":%zu},\"atLeast\":{\"malloc.idle\":%zu},\"atMost\":{\"malloc.idle\":%zu,\"malloc.overhead\":%zu},",
           allocated, idle - spare, idle, statistic(jemalloc, "stats.metadata"));
  } else if (property) {
    size_t allocated = 0;
    property("generic.current_allocated_bytes", &allocated);
    printf("\"truth\":{\"malloc.used\":%zu},\"atLeast\":{},\"atMost\":{},", allocated);
  } else if (mimalloc) {
    printf("\"truth\":{\"malloc.used\":%zu},\"atLeast\":{},\"atMost\":{},", used);
  } else {
    printf("\"truth\":{},\"atLeast\":{\"malloc.used+malloc.mmapped+malloc.unsplit\":%zu},\"atMost\":{},", used);
  }
  printf("\"notes\":[\"%zu bytes in blocks that are kept\"],\"ready\":true}\n", used);
  hold(count, arguments);
  return 0;
}
