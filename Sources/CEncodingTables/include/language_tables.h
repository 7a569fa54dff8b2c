// How likely letters, signs and ideographs are in each language: what encodings are guessed by.
// The tables' files are made by Training/encoding_tables.py; this face is written by hand.
//
// Costs are quarters of a nat, `0...62`, written as the bytes from 0x40 on.
#ifndef WINNOW_LANGUAGE_TABLES_H
#define WINNOW_LANGUAGE_TABLES_H

#include <stdint.h>

// A language with an alphabet. Its symbols: no letter, a foreign letter beyond ASCII, `a` to `z` (one
// for all in other scripts than the Latin), its letters beyond ASCII. Row: the letter before; column:
// the letter.
struct winnow_alphabet {
  const char *_Nonnull language;
  int letter_count;
  int size;
  const uint16_t *_Nonnull letters;
  const char *_Nonnull costs;
};

// Characters of one cost.
struct winnow_tier {
  int cost;
  int count;
  const uint16_t *_Nonnull characters;
};

// A language of ideographs; `other` is the cost of what stands in no tier.
struct winnow_characters {
  const char *_Nonnull language;
  int tier_count;
  const struct winnow_tier *_Nonnull tiers;
  int other;
};

extern const struct winnow_alphabet winnow_alphabets[];
extern const int winnow_alphabet_count;
extern const struct winnow_characters winnow_characters[];
extern const int winnow_characters_count;
extern const int winnow_sign_count;
extern const uint16_t winnow_signs[];
extern const char *const _Nonnull winnow_sign_costs[];
extern const char *const _Nonnull winnow_case_costs[];

// Swift cannot see an array of unknown length; it sees these.
static inline const struct winnow_alphabet *_Nonnull winnow_alphabet_list(void) {
  return winnow_alphabets;
}
static inline const struct winnow_characters *_Nonnull winnow_characters_list(void) {
  return winnow_characters;
}
static inline const uint16_t *_Nonnull winnow_sign_list(void) { return winnow_signs; }
// Of the signs behind a letter (1) or another character (0), in their order; then of all others.
static inline const char *_Nonnull winnow_sign_costs_behind(int is_letter) {
  return winnow_sign_costs[is_letter];
}
// Of a small (0) and a large (1) letter behind no cased letter (0), a small (1), a large one (2).
static inline const char *_Nonnull winnow_case_costs_behind(int before) {
  return winnow_case_costs[before];
}

#endif
