// The arithmetic of the sequence model: numbers of a page's blocks in, a log-odds a block out.
//
// In C for the same reason as `block_scores.h`. Sums are added up in the same order whatever the
// instructions are, and each product is added to its sum with one rounding, by `fmaf` where a
// processor has no instruction for it: all processors give the same numbers.
#ifndef WINNOW_SEQUENCE_SCORES_H
#define WINNOW_SEQUENCE_SCORES_H

#include <stddef.h>
#include <stdint.h>

enum {
  /// Numbers that stand for a block between the layers.
  SEQUENCE_WIDTH = 48,
  /// Blocks that a convolution sees at once, in steps of 1, 2, 4, 8 blocks from layer to layer.
  SEQUENCE_KERNEL = 5,
  SEQUENCE_LAYERS = 4,
  /// Numbers that the largest scratch takes for each block.
  SEQUENCE_SCRATCH = 2 * SEQUENCE_WIDTH,
  /// Numbers that are added up for a token, which has at most as many.
  SEQUENCE_TOKEN_LANES = 16,
  /// Bytes from a column of bins to the next, as in `block_scores_bin`.
  SEQUENCE_BINS = 64,
};

/// The weights, each matrix with one row an input.
typedef struct {
  size_t inputs;
  const float *input, *input_bias;
  const float *norm_scale, *norm_shift;
  /// For each layer: SEQUENCE_KERNEL x SEQUENCE_WIDTH, and a bias.
  const float *spread[SEQUENCE_LAYERS], *spread_bias[SEQUENCE_LAYERS];
  const float *mix[SEQUENCE_LAYERS], *mix_bias[SEQUENCE_LAYERS];
  const float *page, *page_bias;
  const float *last, *last_bias;
  const float *output, *output_bias;
} sequence_weights;

/// `rows` has `inputs` numbers a block; `shares` what each block counts on the page, 1 in all;
/// `scratch` SEQUENCE_SCRATCH numbers a block.
void sequence_scores(const sequence_weights *weights, const float *rows, const float *shares,
                     size_t count, float *scratch, float *scores);

/// Tokens and their numbers: a row is a token and its `depth` numbers, at the place that its lowest
/// bits say, by `mask`, or at the first free one behind that; free rows have 0 for a token. Behind the
/// last row SEQUENCE_TOKEN_LANES bytes can be read.
typedef struct {
  const uint8_t *rows;
  uint32_t mask;
  size_t depth;
} sequence_tokens;

/// Adds the numbers of those tokens that the table has, and says how many these are. `sums` has
/// SEQUENCE_TOKEN_LANES numbers, those behind `depth` without a meaning. Behind the `count` tokens stand
/// others, `known_ahead` with these, that will be added next.
int32_t sequence_add_tokens(const sequence_tokens *table, const uint32_t *tokens, size_t count,
                            size_t known_ahead, int32_t *sums);

/// Puts `depth` times the difference of two sums, or a sum if `outer` is null, times `scale`.
static inline void sequence_put_mean(const int32_t *inner, const int32_t *outer, float scale,
                                     size_t depth, float *row) {
  for (size_t at = 0; at < depth; at++) {
    row[at] = (float)(inner[at] - (outer ? outer[at] : 0)) * scale;
  }
}

/// Puts the bins of some blocks as numbers of -1 to 1, a block's beside each other, and `width`
/// numbers from a block's row to the next.
void sequence_put_bins(const uint8_t *bins, const float *scales, size_t columns, size_t blocks,
                       float *rows, size_t width);

#endif
