// The inner loops of the block model: values to bins, and bins through the trees.
//
// They are in C because Swift cannot compile one function for several instruction sets. With
// AVX-512 a tree's look-up among its 64 leaves is one instruction for 32 blocks. All sets of
// instructions give the same numbers: bins and sums are integers.
#ifndef WINNOW_BLOCK_SCORES_H
#define WINNOW_BLOCK_SCORES_H

#include <stddef.h>
#include <stdint.h>

enum {
  /// Blocks whose values are binned together.
  BLOCK_SCORES_ROWS = 16,
  /// Blocks that go through the trees together.
  BLOCK_SCORES_LANES = 64,
  /// Levels of a tree, and its leaves.
  BLOCK_SCORES_DEPTH = 6,
  BLOCK_SCORES_LEAVES = 1 << BLOCK_SCORES_DEPTH,
};

/// A feature that some tree tests, and its borders.
typedef struct {
  uint16_t feature;
  /// At most 255.
  uint16_t border_count;
  /// The place of its first border among all borders; they rise.
  uint32_t first_border;
} block_scores_column;

/// One level of a tree: is the column's bin above `bin`?
typedef struct {
  uint16_t column;
  uint8_t bin;
} block_scores_test;

/// Bins of 16 blocks. `values` has 16 numbers a feature, feature after feature; `bins` gets 16
/// bytes a column, every 64 bytes. A value's bin is the number of borders below it.
void block_scores_bin(const float *values, const block_scores_column *columns, size_t column_count,
                      const float *borders, uint8_t *bins);

/// Sums of 64 blocks over all trees. `bins` has 64 bytes a column; a tree has 6 tests and 64
/// leaves; `sums` gets 64 numbers.
void block_scores_sum(const uint8_t *bins, const block_scores_test *tests, const int16_t *leaves,
                      size_t tree_count, int32_t *sums);

/// What the two above do on processors without AVX-512, for tests.
void block_scores_bin_plainly(const float *values, const block_scores_column *columns,
                              size_t column_count, const float *borders, uint8_t *bins);
void block_scores_sum_plainly(const uint8_t *bins, const block_scores_test *tests,
                              const int16_t *leaves, size_t tree_count, int32_t *sums);

#endif
