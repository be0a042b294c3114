/* Keeps eight restless processes alive until it is told to end: each maps, unmaps, protects and gives back memory, starts threads, forks,
   becomes itself anew by exec, and dies, all at random. At its end it says how many died by a signal that nobody here sent. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROCESSES = 8, MAPPINGS = 64, PAGE = 4096 };

static volatile sig_atomic_t ended;

static void end(int number) {
  (void) number;
  ended = 1;
}

static void pause_some(void) {
  struct timespec some = {0, 1000 * (100 + random() % 3000)};
  nanosleep(&some, NULL);
}

static void *short_thread(void *nothing) {
  char block[20000];
  memset(block, 1, sizeof block);
  free(malloc(1 + random() % 100000));
  pause_some();
  return nothing;
}

static void live(char *self) {
  char *mapped[MAPPINGS] = {0};
  size_t bytes[MAPPINGS] = {0};
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  srandom(getpid() ^ time(NULL));
  for (;;) {
    int i = random() % MAPPINGS;
    pthread_t thread;
    switch (random() % 40) {
      case 0:
        _exit(0);
      case 1:
        execl(self, self, "again", (char *) NULL);
        _exit(3);
      case 2:
        if (fork() == 0) {
          pause_some();
          _exit(0);
        }
        break;
      case 3:
        if (pthread_create(&thread, NULL, short_thread, NULL) == 0) {
          pthread_detach(thread);
        }
        break;
      case 4: {
        char *block = malloc(1 + random() % 300000);
        memset(block, 1, 1);
        if (random() % 2) {
          free(block);
        }
        break;
      }
      default:
        if (mapped[i]) {
          if (random() % 3 == 0) {
            mprotect(mapped[i], PAGE, PROT_READ);
          } else if (random() % 3 == 0) {
            madvise(mapped[i], bytes[i], MADV_DONTNEED);
          } else {
            munmap(mapped[i], bytes[i]);
            mapped[i] = NULL;
          }
        } else {
          bytes[i] = PAGE * (1 + random() % 200);
          mapped[i] = mmap(NULL, bytes[i], PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
          if (mapped[i] == MAP_FAILED) {
            mapped[i] = NULL;
          } else {
            memset(mapped[i], 1, bytes[i] / 2);
          }
        }
    }
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    pause_some();
  }
}

int main(int count, char **words) {
  long deaths = 0, by_signal = 0;
  int alive = 0;
  if (count > 1) {
    live("/proc/self/exe");
  }
  signal(SIGTERM, end);
  signal(SIGINT, end);
  while (!ended) {
    while (alive < PROCESSES) {
      pid_t child = fork();
      if (child == 0) {
        signal(SIGTERM, SIG_DFL);
        live(words[0]);
      }
      alive++;
    }
    int status;
    struct timespec moment = {0, 1000000};
    while (waitpid(-1, &status, WNOHANG) > 0) {
      alive--;
      deaths++;
      by_signal += WIFSIGNALED(status);
    }
    nanosleep(&moment, NULL);
  }
  printf("  the processes: %ld died, %ld of them by a signal\n", deaths, by_signal);
  return 0;
}
