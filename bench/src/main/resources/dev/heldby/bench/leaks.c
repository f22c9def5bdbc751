// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* As Leaks.java: holds 1,000 blocks, drops 1,000 others, and measures the processor time of pairs of malloc and free. */
static void *volatile held[1000];
static void *volatile dropped;

static void keep(int i) { held[i] = malloc(100); }

static void drop(void) { dropped = malloc(200); }

static void pairs(int count) {
    for (int i = 0; i < count; i++) {
        void *volatile block = malloc(16 + (i & 255));
        free(block);
    }
}

int main(void) {
    struct timespec from, to;
    for (int i = 0; i < 1000; i++) {
        keep(i);
        drop();
    }
    dropped = NULL;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    pairs(3000000);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    printf("ns a pair %.1f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / 3e6);
    fflush(stdout);
    return 0;
}
