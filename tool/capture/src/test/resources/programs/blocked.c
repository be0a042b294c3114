// Its heap can't grow: a page stands in the way of brk, so malloc takes mappings of its own.
#define _GNU_SOURCE
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *blocks[12000];

int main(void) {
  blocks[0] = malloc(100);
  mmap(sbrk(0), 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  long sum = 0;
  for (int i = 1; i < 12000; i++) memset(blocks[i] = malloc(600 + i % 300), 1, 600);
  for (int i = 0; i < 12000; i++) {
    if (i % 3) free(blocks[i]);
    else sum += ((size_t *)blocks[i])[-1] & ~7UL;
  }
  char *large = malloc(1 << 20);
  memset(large, 1, 1 << 20);
  struct mallinfo2 info = mallinfo2();
  printf("truth used=%ld\ntruth mappedChunks=%zu\ntruth mappedBytes=%zu\nready\n", sum, info.hblks, info.hblkhd);
  fflush(stdout);
  pause();
}
