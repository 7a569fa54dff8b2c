#include "sequence_scores.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { W = SEQUENCE_WIDTH, K = SEQUENCE_KERNEL, LAYERS = SEQUENCE_LAYERS, PARTS = 8 };

// Blocks that go through a matrix together, so that a row of it is read once for all.
enum { TOGETHER = 4 };

#define INLINE static inline __attribute__((always_inline))

// Numbers of one register, by the instructions that a copy of the code is made for; memory that is
// not aligned to them.
typedef float four __attribute__((ext_vector_type(4), aligned(4)));
typedef float eight __attribute__((ext_vector_type(8), aligned(4)));
typedef float sixteen __attribute__((ext_vector_type(16), aligned(4)));

/// Four blocks through a few registers' width of a matrix at a time, so that no sum leaves its
/// register: with loops over whole rows the compiler kept them in memory, at twice the time.
#define FOUR_BLOCKS(vector, registers)                                              \
  enum { LANES = sizeof(vector) / sizeof(float), TILE = LANES * registers };        \
  _Static_assert(W % TILE == 0, "a row is a whole number of tiles");                \
  for (int at = 0; at < W; at += TILE) {                                            \
    vector sums[TOGETHER][registers];                                               \
    for (int block = 0; block < TOGETHER; block++) {                                \
      for (int part = 0; part < registers; part++) {                                \
        sums[block][part] = *(const vector *)(bias + at + part * LANES);            \
      }                                                                             \
    }                                                                               \
    for (size_t each = 0; each < inputs; each++) {                                  \
      for (int part = 0; part < registers; part++) {                                \
        vector row = *(const vector *)(matrix + each * W + at + part * LANES);      \
        for (int block = 0; block < TOGETHER; block++) {                            \
          sums[block][part] = __builtin_elementwise_fma(                            \
              (vector)in[block * inputs + each], row, sums[block][part]);           \
        }                                                                           \
      }                                                                             \
    }                                                                               \
    for (int block = 0; block < TOGETHER; block++) {                                \
      for (int part = 0; part < registers; part++) {                                \
        *(vector *)(out[block] + at + part * LANES) = sums[block][part];            \
      }                                                                             \
    }                                                                               \
  }

INLINE void through_matrix(int lanes, const float *in, size_t inputs, size_t blocks,
                           const float *matrix, const float *bias, float out[TOGETHER][W]) {
  if (blocks == TOGETHER) {
    if (lanes == 16) {
      FOUR_BLOCKS(sixteen, 3)
    } else if (lanes == 8) {
      FOUR_BLOCKS(eight, 2)
    } else {
      FOUR_BLOCKS(four, 2)
    }
    return;
  }
  for (size_t block = 0; block < blocks; block++) {
    memcpy(out[block], bias, W * sizeof(float));
    for (size_t each = 0; each < inputs; each++) {
      float value = in[block * inputs + each];
      for (int at = 0; at < W; at++) {
        out[block][at] = __builtin_fmaf(value, matrix[each * W + at], out[block][at]);
      }
    }
  }
}

/// A sum in eight parts, which is how it can be vectorised and stays the same.
INLINE float sum(const float *values) {
  eight parts = {0};
  for (int at = 0; at < W; at += PARTS) parts += *(const eight *)(values + at);
  return ((parts[0] + parts[4]) + (parts[2] + parts[6])) +
         ((parts[1] + parts[5]) + (parts[3] + parts[7]));
}

/// Ba, Kiros and Hinton, "Layer normalization", 2016.
INLINE void normalise(float *values) {
  float mean = sum(values) / W;
  float square[W];
  for (int at = 0; at < W; at++) {
    values[at] -= mean;
    square[at] = values[at] * values[at];
  }
  float scale = 1 / sqrtf(sum(square) / W + 1e-5f);
  for (int at = 0; at < W; at++) values[at] *= scale;
}

INLINE float above_zero(float value) { return value > 0 ? value : 0; }

/// One block and those around it through a layer's convolution, no sum leaving its register.
#define CONVOLVED(vector)                                                               \
  enum { LANES = sizeof(vector) / sizeof(float), REGISTERS = W / LANES };               \
  vector sums[REGISTERS];                                                               \
  for (int part = 0; part < REGISTERS; part++) {                                        \
    sums[part] = *(const vector *)(bias + part * LANES);                                \
  }                                                                                     \
  for (int tap = 0; tap < K; tap++) {                                                   \
    ptrdiff_t other = (ptrdiff_t)block + (tap - K / 2) * step;                          \
    if (other < 0 || other >= (ptrdiff_t)count) continue;                               \
    const float *from = state + other * W, *weight = weights + tap * W;                 \
    for (int part = 0; part < REGISTERS; part++) {                                      \
      sums[part] = __builtin_elementwise_fma(                                           \
          *(const vector *)(from + part * LANES), *(const vector *)(weight + part * LANES), \
          sums[part]);                                                                  \
    }                                                                                   \
  }                                                                                     \
  for (int part = 0; part < REGISTERS; part++) *(vector *)(to + part * LANES) = sums[part];

INLINE void convolve(int lanes, const float *state, size_t count, size_t block, ptrdiff_t step,
                     const float *weights, const float *bias, float *to) {
  if (lanes == 16) {
    CONVOLVED(sixteen)
  } else if (lanes == 8) {
    CONVOLVED(eight)
  } else {
    CONVOLVED(four)
  }
}

INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }

INLINE void score(int lanes, const sequence_weights *weights, const float *rows, const float *shares,
                  size_t count, float *scratch, float *scores) {
  float *state = scratch, *spread = scratch + count * W;
  float out[TOGETHER][W];
  for (size_t first = 0; first < count; first += TOGETHER) {
    size_t blocks = least(TOGETHER, count - first);
    through_matrix(lanes, rows + first * weights->inputs, weights->inputs, blocks, weights->input,
                   weights->input_bias, out);
    for (size_t block = 0; block < blocks; block++) {
      normalise(out[block]);
      float *to = state + (first + block) * W;
      for (int at = 0; at < W; at++) {
        to[at] = above_zero(out[block][at] * weights->norm_scale[at] + weights->norm_shift[at]);
      }
    }
  }
  for (int layer = 0; layer < LAYERS; layer++) {
    ptrdiff_t step = (ptrdiff_t)1 << layer;
    for (size_t block = 0; block < count; block++) {
      float *to = spread + block * W;
      convolve(lanes, state, count, block, step, weights->spread[layer],
               weights->spread_bias[layer], to);
      normalise(to);
    }
    for (size_t first = 0; first < count; first += TOGETHER) {
      size_t blocks = least(TOGETHER, count - first);
      through_matrix(lanes, spread + first * W, W, blocks, weights->mix[layer], weights->mix_bias[layer],
                     out);
      for (size_t block = 0; block < blocks; block++) {
        float *to = state + (first + block) * W;
        for (int at = 0; at < W; at++) to[at] += above_zero(out[block][at]);
      }
    }
  }
  float whole[W] = {0};
  for (size_t block = 0; block < count; block++) {
    for (int at = 0; at < W; at++) whole[at] += shares[block] * state[block * W + at];
  }
  through_matrix(lanes, whole, W, 1, weights->page, weights->page_bias, out);
  float page[W];
  for (int at = 0; at < W; at++) page[at] = above_zero(out[0][at]);
  for (size_t block = 0; block < count; block++) {
    for (int at = 0; at < W; at++) state[block * W + at] += page[at];
  }
  for (size_t first = 0; first < count; first += TOGETHER) {
    size_t blocks = least(TOGETHER, count - first);
    through_matrix(lanes, state + first * W, W, blocks, weights->last, weights->last_bias, out);
    for (size_t block = 0; block < blocks; block++) {
      for (int at = 0; at < W; at++) {
        out[block][at] = above_zero(out[block][at]) * weights->output[at];
      }
      scores[first + block] = sum(out[block]) + weights->output_bias[0];
    }
  }
}

// The tables are larger than the nearest caches, and it is known early what will be read.
enum { AHEAD = 24 };

int32_t sequence_add_tokens(const sequence_tokens *table, const uint32_t *tokens, size_t count,
                            size_t known_ahead, int32_t *sums) {
  size_t size = sizeof(uint32_t) + table->depth;
  int32_t known = 0;
  for (size_t each = 0; each < count; each++) {
    if (each + AHEAD < known_ahead) {
      __builtin_prefetch(table->rows + (tokens[each + AHEAD] & table->mask) * size);
    }
    for (uint32_t place = tokens[each];; place++) {
      const uint8_t *row = table->rows + (place & table->mask) * size;
      uint32_t token;
      memcpy(&token, row, sizeof token);
      if (token == 0) break;
      if (token != tokens[each]) continue;
      const int8_t *numbers = (const int8_t *)(row + sizeof token);
      for (int lane = 0; lane < SEQUENCE_TOKEN_LANES; lane++) sums[lane] += numbers[lane];
      known++;
      break;
    }
  }
  return known;
}

void sequence_put_bins(const uint8_t *bins, const float *scales, size_t columns, size_t blocks,
                       float *rows, size_t width) {
  for (size_t block = 0; block < blocks; block++) {
    float *row = rows + block * width;
    for (size_t each = 0; each < columns; each++) {
      row[each] = (float)bins[each * SEQUENCE_BINS + block] * scales[each] - 1;
    }
  }
}

#if defined(__x86_64__)

__attribute__((target("avx2,fma"))) static void with_avx2(
    const sequence_weights *weights, const float *rows, const float *shares, size_t count,
    float *scratch, float *scores) {
  score(8, weights, rows, shares, count, scratch, scores);
}

__attribute__((target("avx512f,avx512vl,fma"))) static void with_avx512(
    const sequence_weights *weights, const float *rows, const float *shares, size_t count,
    float *scratch, float *scores) {
  score(16, weights, rows, shares, count, scratch, scores);
}

#endif

void sequence_scores(const sequence_weights *weights, const float *rows, const float *shares,
                     size_t count, float *scratch, float *scores) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512vl")) {
    return with_avx512(weights, rows, shares, count, scratch, scores);
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return with_avx2(weights, rows, shares, count, scratch, scores);
  }
#endif
  score(4, weights, rows, shares, count, scratch, scores);
}
