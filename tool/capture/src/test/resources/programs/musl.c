/* Blocks of two sizes of which two thirds are freed, and some with mappings of their own, in musl's malloc. Truth: the slots of those that
   are kept; each size fills its slot but for the four bytes that musl keeps there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCKS = 60000, SMALL_SLOT = 112, LARGE_SLOT = 496, KEPT_BY_MUSL = 4, MAPPED = 20, MAPPED_PAGES = 50 };

int main(void) {
  static char *blocks[BLOCKS];
  static char line[256];
  size_t used = 0;
  setvbuf(stdout, line, _IOFBF, sizeof line);
  for (int i = 0; i < BLOCKS; i++) {
    size_t size = (i % 2 ? SMALL_SLOT : LARGE_SLOT) - KEPT_BY_MUSL;
    blocks[i] = malloc(size);
    memset(blocks[i], 1, size);
  }
  for (int i = 0; i < BLOCKS; i++) {
    if (i % 3) {
      free(blocks[i]);
    } else {
      used += i % 2 ? SMALL_SLOT : LARGE_SLOT;
    }
  }
  for (int i = 0; i < MAPPED; i++) {
    size_t size = MAPPED_PAGES * 4096 - 16 - KEPT_BY_MUSL;
    memset(malloc(size), 1, size);
    used += MAPPED_PAGES * 4096 - 16;
  }
  printf("truth used=%zu\nready\n", used);
  fflush(stdout);
  char ignored;
  return (int)read(0, &ignored, 1);
}
