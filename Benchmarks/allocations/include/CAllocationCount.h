// Counts calls of the memory allocator of the program that this is linked into.
#ifndef HYPERMESH_ALLOCATION_COUNT_H
#define HYPERMESH_ALLOCATION_COUNT_H

#include <stdint.h>

// Calls of malloc, calloc, realloc and posix_memalign so far, by all threads.
uint64_t hm_allocation_count(void);

#endif
