// Threads of every kind: threads LIVE ENDED WITHOUT_GUARD ON_OWN_STACK
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static pthread_barrier_t all_ran;

static void touch(int bytes) {
  char deep[bytes];
  memset(deep, 1, bytes);
  __asm__ volatile("" ::"r"(deep) : "memory");
}

static void *live(void *unused) {
  touch(60000);
  pause();
  return 0;
}

static void *ended(void *unused) {
  touch(200000);
  pthread_barrier_wait(&all_ran);
  return 0;
}

int main(int count, char **arguments) {
  int kinds[4];
  for (int i = 0; i < 4; i++) kinds[i] = atoi(arguments[i + 1]);
  pthread_t thread, joined[1000];
  pthread_attr_t attributes;
  pthread_barrier_init(&all_ran, 0, kinds[1] + 1);
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 1 << 20);
  for (int i = 0; i < kinds[1]; i++) pthread_create(joined + i, &attributes, ended, 0);
  for (int i = 0; i < kinds[0]; i++) pthread_create(&thread, &attributes, live, 0);
  pthread_attr_setguardsize(&attributes, 0);
  for (int i = 0; i < kinds[2]; i++) pthread_create(&thread, &attributes, live, 0);
  for (int i = 0; i < kinds[3]; i++) {
    char *own = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, own + 8192, 500000);
    pthread_create(&thread, &attributes, live, 0);
  }
  if (kinds[1]) pthread_barrier_wait(&all_ran);
  for (int i = 0; i < kinds[1]; i++) pthread_join(joined[i], 0);
  printf("ready\n");
  fflush(stdout);
  pause();
}
