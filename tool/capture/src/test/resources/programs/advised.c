// Large blocks, for the inside of which huge pages are asked for, as numpy does for its arrays; tells what malloc counts.
#define _GNU_SOURCE
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *volatile blocks[6];

int main(void) {
  for (int i = 0; i < 6; i++) {
    size_t size = (5UL << 20) + i * 700001;
    blocks[i] = malloc(size);
    uintptr_t inside = ((uintptr_t)blocks[i] + 4095) & ~4095UL;
    madvise((void *)inside, size - 8192, i % 2 ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
    memset(blocks[i], 1, size);
  }
  free(blocks[3]);
  struct mallinfo2 info = mallinfo2();
  printf("truth used=%zu\ntruth mappedChunks=%zu\ntruth mappedBytes=%zu\nready\n", info.uordblks, info.hblks, info.hblkhd);
  fflush(stdout);
  pause();
}
