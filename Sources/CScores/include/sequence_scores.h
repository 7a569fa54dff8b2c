// The arithmetic of the sequence model: numbers of a page's blocks in, a log-odds a block out.
//
// In C for the same reason as `block_scores.h`. Sums are added up in the same order whatever the
// instructions are, and never by a fused multiply-add: all processors give the same numbers.
#ifndef WINNOW_SEQUENCE_SCORES_H
#define WINNOW_SEQUENCE_SCORES_H

#include <stddef.h>

enum {
  /// Numbers that stand for a block between the layers.
  SEQUENCE_WIDTH = 48,
  /// Blocks that a convolution sees at once, in steps of 1, 2, 4, 8 blocks from layer to layer.
  SEQUENCE_KERNEL = 5,
  SEQUENCE_LAYERS = 4,
  /// Numbers that the largest scratch takes for each block.
  SEQUENCE_SCRATCH = 2 * SEQUENCE_WIDTH,
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

#endif
