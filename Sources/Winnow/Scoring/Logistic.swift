// Log-odds to probabilities and back.

import Glibc

func logistic(_ x: Float) -> Float { 1 / (1 + expf(-x)) }

/// The inverse of `logistic`; probabilities are kept a millionth away from 0 and 1.
func logOdds(_ probability: Float) -> Float {
  let p = min(max(probability, 1e-6), 1 - 1e-6)
  return logf(p / (1 - p))
}
