/* What every native fault shares: its arguments, the line that it prints, and the wait for the end of its input. */
#ifndef TARE_TRUTH_H
#define TARE_TRUTH_H

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

/* The program's size in bytes, from its first argument. */
static inline size_t size_bytes(int count, char **arguments) {
  return count > 1 ? strtoull(arguments[1], NULL, 10) : 64UL << 20;
}

/* Huge pages would make more memory resident than the program touches. */
static inline void use_small_pages(void) {
  if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0) {
    perror("prctl");
  }
}

/* glibc's chunk for a request: eight bytes of header, rounded up to 16. */
static inline size_t chunk_bytes(size_t requested) {
  return (requested + 8 + 15) & ~15UL;
}

static inline long resident_bytes(void) {
  long pages = 0;
  FILE *statm = fopen("/proc/self/statm", "r");
  if (statm == NULL || fscanf(statm, "%*d %ld", &pages) != 1) {
    pages = 0;
  }
  if (statm != NULL) {
    fclose(statm);
  }
  return pages * sysconf(_SC_PAGESIZE);
}

/* Waits until standard input ends, or for so many seconds: nobody may be left behind. */
static inline void hold(int count, char **arguments) {
  time_t end = time(NULL) + (count > 2 ? atol(arguments[2]) : 600);
  struct pollfd input = {.fd = 0, .events = POLLIN};
  char ignored[64];
  fflush(stdout);
  while (time(NULL) < end) {
    if (poll(&input, 1, 500) > 0 && read(0, ignored, sizeof ignored) <= 0) {
      return;
    }
  }
}

#endif
