/* Eight threads fill an arena each with blocks of 1000 bytes and free every other one: no page comes back. */
#include <malloc.h>
#include <pthread.h>

#include "truth.h"

enum { THREADS = 8, BLOCK = 1000, IN_THREAD_CACHE = 7 };

static size_t blocks_per_thread;
static pthread_barrier_t ready;

static void *fragment(void *unused) {
  char **blocks = malloc(blocks_per_thread * sizeof *blocks);
  for (size_t i = 0; i < blocks_per_thread; i++) {
    blocks[i] = malloc(BLOCK);
    memset(blocks[i], 7, BLOCK);
  }
  for (size_t i = 0; i < blocks_per_thread; i += 2) {
    free(blocks[i]);
  }
  pthread_barrier_wait(&ready);
  pause();
  return unused;
}

int main(int count, char **arguments) {
  use_small_pages();
  blocks_per_thread = (size_bytes(count, arguments) / THREADS / chunk_bytes(BLOCK)) & ~1UL;
  pthread_barrier_init(&ready, NULL, THREADS + 1);
  for (int i = 0; i < THREADS; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, fragment, NULL) != 0) {
      return 1;
    }
  }
  pthread_barrier_wait(&ready);
  size_t half = THREADS * blocks_per_thread / 2;
  size_t cached = THREADS * IN_THREAD_CACHE;
  size_t tables = THREADS * blocks_per_thread * sizeof(char *);
  /* A table of 128 KB and more is mapped by itself. */
  int mapped = blocks_per_thread * sizeof(char *) >= 128 << 10;
  struct mallinfo2 info = mallinfo2();
  printf("{\"fault\":\"native-fragmentation\",\"pid\":%d,\"rssBytes\":%ld,"
         "\"truth\":{\"malloc.used\":%zu,\"malloc.idle\":%zu,\"malloc.mmapped\":%zu},\"atLeast\":{},\"atMost\":{},"
         "\"notes\":[\"malloc itself says: %zu in use, %zu free, %zu mapped\"],\"ready\":true}\n",
         getpid(), resident_bytes(), (half + cached) * chunk_bytes(BLOCK) + (mapped ? 0 : tables),
         (half - cached) * chunk_bytes(BLOCK), mapped ? tables : 0, info.uordblks, info.fordblks, info.hblkhd);
  hold(count, arguments);
  return 0;
}
