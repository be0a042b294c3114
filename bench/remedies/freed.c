/* Four threads fill an arena each and free nearly all of it; what is left, at the end too, keeps the pages where they are. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 4, BLOCK = 1000, KEEP_EVERY = 128 };

static size_t blocks_per_thread;
static pthread_barrier_t ready;

static void *fill(void *unused) {
  char **blocks = malloc(blocks_per_thread * sizeof *blocks);
  for (size_t i = 0; i < blocks_per_thread; i++) {
    blocks[i] = malloc(BLOCK);
    memset(blocks[i], 7, BLOCK);
  }
  for (size_t i = 0; i + 1 < blocks_per_thread; i++) {
    if (i % KEEP_EVERY) {
      free(blocks[i]);
    }
  }
  pthread_barrier_wait(&ready);
  pause();
  return unused;
}

int main(int count, char **words) {
  blocks_per_thread = (count > 1 ? strtoul(words[1], NULL, 10) : 64UL << 20) / THREADS / (BLOCK + 8);
  pthread_barrier_init(&ready, NULL, THREADS + 1);
  for (int i = 0; i < THREADS; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, fill, NULL)) {
      return 1;
    }
  }
  pthread_barrier_wait(&ready);
  puts("{\"ready\":true}");
  fflush(stdout);
  while (getchar() != EOF) {
  }
  return 0;
}
