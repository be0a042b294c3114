// Allocates and frees on several threads, then tells what is still in use: malloc THREADS BLOCKS
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long live[64];
static int blocks;
static pthread_barrier_t done;
// Volatile: blocks that nobody reads would be optimised away.
static char *volatile large, *volatile aligned, *volatile spread;

static long chunk_bytes(void *block) { return ((size_t *)block)[-1] & ~7UL; }

static void *churn(void *argument) {
  long id = (long)argument, sum = 0;
  unsigned seed = id * 7919 + 1;
  char **kept = calloc(blocks, sizeof *kept);
  for (int i = 0; i < blocks; i++) {
    seed = seed * 1103515245 + 12345;
    int size = i % 500 == 0 ? 20000 : 16 + (seed >> 16) % 3000;
    kept[i] = malloc(size);
    memset(kept[i], 1, size);
  }
  for (int i = 0; i < blocks; i++) {
    seed = seed * 1103515245 + 12345;
    if ((seed >> 16) % 4) {
      free(kept[i]);
      kept[i] = 0;
    } else {
      sum += chunk_bytes(kept[i]);
    }
  }
  if (!(((size_t *)kept)[-1] & 2)) sum += chunk_bytes(kept);
  live[id] = sum;
  if (id) {
    pthread_barrier_wait(&done);
    pause();
  }
  return 0;
}

int main(int count, char **arguments) {
  int threads = atoi(arguments[1]);
  blocks = atoi(arguments[2]);
  pthread_barrier_init(&done, 0, threads + 1);
  pthread_t thread;
  for (long i = 1; i <= threads; i++) pthread_create(&thread, 0, churn, (void *)i);
  churn(0);
  large = malloc(5 << 20);
  aligned = aligned_alloc(4096, 1 << 20);
  spread = aligned_alloc(1 << 21, 3 << 20);
  memset(large, 1, 5 << 20);
  memset(aligned, 1, 1 << 20);
  memset(spread, 1, 3 << 20);
  pthread_barrier_wait(&done);
  long sum = 0;
  for (int i = 0; i <= threads; i++) sum += live[i];
  struct mallinfo2 info = mallinfo2();
  printf("truth used=%ld\ntruth mappedChunks=%zu\ntruth mappedBytes=%zu\nready\n", sum, info.hblks, info.hblkhd);
  fflush(stdout);
  pause();
}
