/* An arena of the program's own: grown by doubling (mremap), wiped as it grows, and filled to 15/32 of what it has. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "truth.h"

enum { PARTS = 32, FILLED = 15 };

int main(int count, char **arguments) {
  use_small_pages();
  size_t part = size_bytes(count, arguments) / PARTS & ~(size_t)4095;
  size_t capacity = part;
  char *arena = mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  while (arena != MAP_FAILED && capacity < PARTS * part) {
    arena = mremap(arena, capacity, 2 * capacity, MREMAP_MAYMOVE);
    if (arena != MAP_FAILED) {
      memset(arena + capacity, 0, capacity);
    }
    capacity *= 2;
  }
  if (arena == MAP_FAILED) {
    return 1;
  }
  memset(arena, 0, part);
  memset(arena, 7, FILLED * part);
  printf("{\"fault\":\"native-arena\",\"pid\":%d,\"rssBytes\":%ld,"
         "\"truth\":{\"anonymous\":%zu,\"anonymous.zero\":%zu},\"atLeast\":{},\"atMost\":{},"
         "\"notes\":[\"capacity %zu\"],\"ready\":true}\n",
         getpid(), resident_bytes(), FILLED * part, (PARTS - FILLED) * part, capacity);
  hold(count, arguments);
  return 0;
}
