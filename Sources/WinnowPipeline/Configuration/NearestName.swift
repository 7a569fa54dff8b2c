// "Did you mean": the allowed name that a misspelt one is nearest to.

/// The allowed name that takes the fewest edits to reach from `name`, if they are few.
///
/// An edit is a letter inserted, removed, replaced or swapped with its neighbour (optimal string
/// alignment); letters in either case are equal. At most a third of the name's letters, rounded up,
/// may be edited. A name that begins or ends with the other counts as one edit away.
///
/// - Complexity: O(letters of `name` x letters of all allowed names).
func nearestName(to name: String, in allowed: [String]) -> String? {
  let wanted = Array(name.lowercased().utf8)
  // Longer than any name: no typing mistake, and not worth the time.
  guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
  var best: (edits: Int, name: String)?
  for candidate in allowed {
    let letters = Array(candidate.lowercased().utf8)
    var edits = editDistance(wanted, letters)
    if isPart(wanted, of: letters) || isPart(letters, of: wanted) { edits = min(edits, 1) }
    if edits <= (max(wanted.count, 3) + 2) / 3, edits < best?.edits ?? .max {
      best = (edits, candidate)
    }
  }
  return best?.name
}

/// A beginning or end of at least three letters.
private func isPart(_ part: [UInt8], of whole: [UInt8]) -> Bool {
  part.count >= 3 && part.count < whole.count
    && (whole.starts(with: part) || whole.reversed().starts(with: part.reversed()))
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
      var edits = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        edits = min(edits, beforeLast[column - 1] + 1)
      }
      current.append(edits)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
