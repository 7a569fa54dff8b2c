// Calls of Linux that the C library declares only for programs that define _GNU_SOURCE, which
// Swift's Glibc module does not.
#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

// Writes everything that waits to be written to the file system of an open file (syncfs(2)).
extern int syncfs(int fd);

// The processors that a process may run on, a bit each (sched_getaffinity(2)).
extern int sched_getaffinity(int process, unsigned long bytes, void *processors);

#endif
