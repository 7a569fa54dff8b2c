// The arithmetic of the residue model: places of a line's features in, a score a kind out.
//
// In C for the same reason as `block_scores.h`; all processors give the same numbers.
#ifndef WINNOW_RESIDUE_SCORES_H
#define WINNOW_RESIDUE_SCORES_H

#include <stddef.h>
#include <stdint.h>

enum {
  /// Units of the hidden layer.
  RESIDUE_UNITS = 32,
};

/// Adds the weights at some places to `sums`; a place has RESIDUE_UNITS weights.
void residue_add(const int8_t *weights, const int32_t *places, size_t count, int32_t *sums);

/// As residue_add, for hashes: `first` and the `open` places behind it are theirs in equal parts.
void residue_add_hashed(const int8_t *weights, const uint32_t *hashes, size_t count, uint32_t first,
                        uint32_t open, int32_t *sums);

/// For each output its bias and its RESIDUE_UNITS weights times the units.
void residue_outputs(const float *units, const float *weights, const float *biases, size_t count,
                     float *scores);

#endif
