// Holds memory whose pages are absent: never touched, or given back.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <malloc.h>
#include <unistd.h>

static void *idle(void *unused) {
  char *block = malloc(100000);
  memset(block, 1, 100000);
  pause();
  return block;
}

int main(void) {
  pthread_t thread;
  for (int i = 0; i < 5; i++) pthread_create(&thread, 0, idle, 0);
  char *untouched = mmap(0, 32 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *returned = mmap(0, 32 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memset(returned, 1, 32 << 20);
  madvise(returned + 4096, (32 << 20) - 8192, MADV_DONTNEED);
  char *blocks[2000];
  for (int i = 0; i < 2000; i++) memset(blocks[i] = malloc(9000), 1, 9000);
  for (int i = 0; i < 1999; i++) free(blocks[i]);
  malloc_trim(0);
  char *sparse = malloc(20 << 20);
  sparse[0] = 1;
  usleep(100000);
  printf("truth untouched=%ld\nready\n", (long)untouched);
  fflush(stdout);
  pause();
}
