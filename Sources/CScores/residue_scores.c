#include "residue_scores.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { UNITS = RESIDUE_UNITS, PARTS = 8 };

#define INLINE static inline __attribute__((always_inline))

// So many weights of at most 127 fit into 16 bits.
enum { TOGETHER = 256 };

INLINE void flush(int16_t *part, int32_t *sums) {
  for (int unit = 0; unit < UNITS; unit++) sums[unit] += part[unit];
  memset(part, 0, UNITS * sizeof *part);
}

INLINE void add(const int8_t *weights, int16_t *part) {
  for (int unit = 0; unit < UNITS; unit++) part[unit] = (int16_t)(part[unit] + weights[unit]);
}

void residue_add(const int8_t *weights, const int32_t *places, size_t count, int32_t *sums) {
  int16_t part[UNITS] = {0};
  for (size_t at = 0; at < count; at++) {
    add(weights + (size_t)places[at] * UNITS, part);
    if (at % TOGETHER == TOGETHER - 1) flush(part, sums);
  }
  flush(part, sums);
}

// Below `open`, as the hash is below 2^32, and behind `first`.
INLINE size_t place_of(uint32_t hash, uint32_t first, uint32_t open) {
  return (size_t)(((uint64_t)hash * open) >> 32) + first;
}

// The table is larger than the nearest caches, and the hashes say early what will be read.
enum { AHEAD = 12 };

INLINE void add_hashed(const int8_t *weights, const uint32_t *hashes, size_t count, uint32_t first,
                       uint32_t open, int32_t *sums) {
  int16_t part[UNITS] = {0};
  for (size_t at = 0; at < count; at++) {
    if (at + AHEAD < count) {
      const int8_t *row = weights + place_of(hashes[at + AHEAD], first, open) * UNITS;
      __builtin_prefetch(row);
      __builtin_prefetch(row + UNITS - 1);
    }
    add(weights + place_of(hashes[at], first, open) * UNITS, part);
    if (at % TOGETHER == TOGETHER - 1) flush(part, sums);
  }
  flush(part, sums);
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static void add_hashed_with_avx2(
    const int8_t *weights, const uint32_t *hashes, size_t count, uint32_t first, uint32_t open,
    int32_t *sums) {
  add_hashed(weights, hashes, count, first, open, sums);
}

#endif

void residue_add_hashed(const int8_t *weights, const uint32_t *hashes, size_t count, uint32_t first,
                        uint32_t open, int32_t *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    return add_hashed_with_avx2(weights, hashes, count, first, open, sums);
  }
#endif
  add_hashed(weights, hashes, count, first, open, sums);
}

void residue_outputs(const float *units, const float *weights, const float *biases, size_t count,
                     float *scores) {
  for (size_t each = 0; each < count; each++) {
    // In eight parts, which is how a sum can be vectorised and stays the same.
    float part[PARTS] = {0};
    for (int unit = 0; unit < UNITS; unit += PARTS) {
      for (int at = 0; at < PARTS; at++) {
        part[at] += units[unit + at] * weights[each * UNITS + unit + at];
      }
    }
    scores[each] = biases[each] + (((part[0] + part[4]) + (part[2] + part[6])) +
                                   ((part[1] + part[5]) + (part[3] + part[7])));
  }
}
