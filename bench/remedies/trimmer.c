/* Loaded first, it does what the remedy asks of the program: it calls malloc_trim(0) every second. */
#include <malloc.h>
#include <pthread.h>
#include <unistd.h>

static void *trim(void *unused) {
  for (;;) {
    sleep(1);
    malloc_trim(0);
  }
  return unused;
}

__attribute__((constructor)) static void begin(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, trim, NULL);
}
