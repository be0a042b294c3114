/* Large blocks that malloc maps one by one, and a mapping of the program's own of which it touches one half. */
#include <malloc.h>
#include <sys/mman.h>

#include "truth.h"

enum { BLOCK = 1 << 20, THRESHOLD = 128 << 10, PAGE = 4096 };

int main(int count, char **arguments) {
  use_small_pages();
  mallopt(M_MMAP_THRESHOLD, THRESHOLD);
  size_t half = size_bytes(count, arguments) / 2;
  size_t blocks = half / BLOCK;
  for (size_t i = 0; i < blocks; i++) {
    char *block = malloc(BLOCK);
    if (block == NULL) {
      return 1;
    }
    memset(block, 7, BLOCK);
  }
  char *own = mmap(NULL, 2 * half, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (own == MAP_FAILED) {
    return 1;
  }
  memset(own, 7, half);
  struct mallinfo2 info = mallinfo2();
  printf("{\"fault\":\"native-mappings\",\"pid\":%d,\"rssBytes\":%ld,"
         "\"truth\":{\"malloc.mmapped\":%zu,\"anonymous\":%zu},\"atLeast\":{},\"atMost\":{},"
         "\"notes\":[\"malloc itself says: %zu mapped in %zu blocks\"],\"ready\":true}\n",
         getpid(), resident_bytes(), blocks * (BLOCK + PAGE), half, info.hblkhd, info.hblks);
  hold(count, arguments);
  return 0;
}
