/*
 * How a loader is measured: a program is called as 'program MODE FILE'. For each line it reads, which is a number of seconds, it loads the file again and again
 * for so much processor time, and answers with the seconds that its fastest pass needed. As 'program MODE FILE once' it loads once, and answers with what the
 * whole process needed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* pass: loads once, and returns the seconds that count. */
static int measure(int argc, double (*pass)(void))
{
	char line[64];

	if (argc > 3) {
		pass();
		printf("%.6f\n", cpu_seconds());
		return 0;
	}
	while (fgets(line, sizeof(line), stdin)) {
		double until = cpu_seconds() + atof(line);
		double best = 1e9;

		do {
			double seconds = pass();

			best = seconds < best ? seconds : best;
		} while (cpu_seconds() < until);
		printf("%.9f\n", best);
		fflush(stdout);
	}
	return 0;
}
