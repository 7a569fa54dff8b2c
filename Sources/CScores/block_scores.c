#include "block_scores.h"

#include <string.h>

enum {
  ROWS = BLOCK_SCORES_ROWS,
  LANES = BLOCK_SCORES_LANES,
  DEPTH = BLOCK_SCORES_DEPTH,
  LEAVES = BLOCK_SCORES_LEAVES
};

// Plain loops of a fixed length, which the compiler turns into vector instructions of any size.

void block_scores_bin_plainly(const float *values, const block_scores_column *columns,
                              size_t column_count, const float *borders, uint8_t *bins) {
  for (size_t each = 0; each < column_count; each++) {
    const float *value = values + (size_t)columns[each].feature * ROWS;
    const float *border = borders + columns[each].first_border;
    int32_t count[ROWS] = {0};
    for (int at = 0; at < columns[each].border_count; at++) {
      for (int row = 0; row < ROWS; row++) count[row] += border[at] < value[row];
    }
    for (int row = 0; row < ROWS; row++) bins[each * LANES + row] = (uint8_t)count[row];
  }
}

void block_scores_sum_plainly(const uint8_t *bins, const block_scores_test *tests,
                              const int16_t *leaves, size_t tree_count, int32_t *sums) {
  int32_t sum[LANES] = {0};
  for (size_t tree = 0; tree < tree_count; tree++) {
    uint8_t place[LANES] = {0};
    for (int level = 0; level < DEPTH; level++) {
      block_scores_test test = tests[tree * DEPTH + level];
      const uint8_t *column = bins + (size_t)test.column * LANES;
      uint8_t bit = (uint8_t)(1 << level);
      for (int lane = 0; lane < LANES; lane++) place[lane] |= column[lane] > test.bin ? bit : 0;
    }
    const int16_t *leaf = leaves + tree * LEAVES;
    for (int lane = 0; lane < LANES; lane++) sum[lane] += leaf[place[lane]];
  }
  memcpy(sums, sum, sizeof sum);
}

#if defined(__x86_64__)

#include <immintrin.h>

#define WITH_AVX512 __attribute__((target("avx512f,avx512bw")))

WITH_AVX512 static void bin_with_avx512(const float *values, const block_scores_column *columns,
                                        size_t column_count, const float *borders, uint8_t *bins) {
  const __m512i one = _mm512_set1_epi32(1);
  for (size_t each = 0; each < column_count; each++) {
    __m512 value = _mm512_loadu_ps(values + (size_t)columns[each].feature * ROWS);
    const float *border = borders + columns[each].first_border;
    __m512i count = _mm512_setzero_si512();
    for (int at = 0; at < columns[each].border_count; at++) {
      __mmask16 above = _mm512_cmp_ps_mask(_mm512_set1_ps(border[at]), value, _CMP_LT_OQ);
      count = _mm512_mask_add_epi32(count, above, count, one);
    }
    _mm_storeu_si128((__m128i *)(bins + each * LANES), _mm512_cvtepi32_epi8(count));
  }
}

// The leaves of one tree for 64 blocks: two vectors of 32 numbers.
typedef struct {
  __m512i low, high;
} leaves_of_64;

WITH_AVX512 static inline leaves_of_64 leaves_of(const uint8_t *bins, const block_scores_test *tests,
                                                 const int16_t *leaves) {
  __m512i place = _mm512_setzero_si512();
  for (int level = 0; level < DEPTH; level++) {
    __m512i column = _mm512_loadu_si512(bins + (size_t)tests[level].column * LANES);
    __mmask64 above = _mm512_cmpgt_epu8_mask(column, _mm512_set1_epi8((char)tests[level].bin));
    __m512i bit = _mm512_set1_epi8((char)(1 << level));
    place = _mm512_mask_add_epi8(place, above, place, bit);
  }
  // A table of 64 numbers of 16 bits fills two registers.
  __m512i first = _mm512_loadu_si512(leaves);
  __m512i second = _mm512_loadu_si512(leaves + LEAVES / 2);
  __m512i low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(place));
  __m512i high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(place, 1));
  leaves_of_64 found = {_mm512_permutex2var_epi16(first, low, second),
                        _mm512_permutex2var_epi16(first, high, second)};
  return found;
}

WITH_AVX512 static void sum_with_avx512(const uint8_t *bins, const block_scores_test *tests,
                                        const int16_t *leaves, size_t tree_count, int32_t *sums) {
  const __m512i one = _mm512_set1_epi16(1);
  __m512i sum[4] = {_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512(),
                    _mm512_setzero_si512()};
  for (size_t tree = 0; tree < tree_count; tree += 2) {
    leaves_of_64 a = leaves_of(bins, tests + tree * DEPTH, leaves + tree * LEAVES);
    leaves_of_64 b = {_mm512_setzero_si512(), _mm512_setzero_si512()};
    if (tree + 1 < tree_count) {
      b = leaves_of(bins, tests + (tree + 1) * DEPTH, leaves + (tree + 1) * LEAVES);
    }
    // Numbers of two trees side by side, added in pairs to 32 bits.
    __m512i part[4] = {_mm512_unpacklo_epi16(a.low, b.low), _mm512_unpackhi_epi16(a.low, b.low),
                       _mm512_unpacklo_epi16(a.high, b.high),
                       _mm512_unpackhi_epi16(a.high, b.high)};
    for (int each = 0; each < 4; each++) {
      sum[each] = _mm512_add_epi32(sum[each], _mm512_madd_epi16(part[each], one));
    }
  }
  // Unpacking takes four numbers of each eight: put them back in order.
  int32_t mixed[LANES];
  memcpy(mixed, sum, sizeof mixed);
  for (int lane = 0; lane < LANES; lane++) {
    int half = lane / 32, eight = lane % 32 / 8, upper = lane % 8 / 4;
    sums[lane] = mixed[half * 32 + upper * 16 + eight * 4 + lane % 4];
  }
}

static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

#endif

void block_scores_bin(const float *values, const block_scores_column *columns, size_t column_count,
                      const float *borders, uint8_t *bins) {
#if defined(__x86_64__)
  if (has_avx512()) return bin_with_avx512(values, columns, column_count, borders, bins);
#endif
  block_scores_bin_plainly(values, columns, column_count, borders, bins);
}

void block_scores_sum(const uint8_t *bins, const block_scores_test *tests, const int16_t *leaves,
                      size_t tree_count, int32_t *sums) {
#if defined(__x86_64__)
  if (has_avx512()) return sum_with_avx512(bins, tests, leaves, tree_count, sums);
#endif
  block_scores_sum_plainly(bins, tests, leaves, tree_count, sums);
}
