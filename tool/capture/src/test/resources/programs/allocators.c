// Blocks of many sizes, two thirds of them freed, in whichever allocator is preloaded; tells what is in use: by the allocator's own
// statistics where it has some, else what the blocks that are left can hold.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *volatile blocks[30000];
static char line[4096];

int main(void) {
  setvbuf(stdout, line, _IOFBF, sizeof line);
  unsigned seed = 1;
  for (int i = 0; i < 30000; i++) {
    seed = seed * 1103515245 + 12345;
    size_t size = i % 300 == 0 ? 20000 + (seed >> 16) % 45000 * 4 : 16 + (seed >> 16) % 600;
    blocks[i] = malloc(size);
    blocks[i][0] = 1;
  }
  size_t used = 0;
  for (int i = 0; i < 30000; i++) {
    if (i % 3) {
      free(blocks[i]);
    } else {
      used += malloc_usable_size(blocks[i]);
    }
  }
  int (*control)(const char *, void *, size_t *, void *, size_t) = dlsym(RTLD_DEFAULT, "mallctl");
  if (control) {
    size_t epoch = 1, length = sizeof epoch;
    control("epoch", &epoch, &length, &epoch, length);
    control("stats.allocated", &used, &length, 0, 0);
  }
  int (*property)(const char *, size_t *) = dlsym(RTLD_DEFAULT, "MallocExtension_GetNumericProperty");
  if (property) {
    property("generic.current_allocated_bytes", &used);
  }
  printf("truth used=%zu\nready\n", used);
  fflush(stdout);
  pause();
}
