// The learned model of residue: a line's features in, how much it looks like residue and of which kind
// out. Its tables are in the binary.
//
// One hidden layer over the places that `ResidueFeatures` gives. Into each of its units goes a sum
// over the line's form and a sum over its words and their parts, the latter divided by the root of
// their number, so that long lines are judged as mildly as short ones. Above it stands one output for
// text and one for each kind of residue. Weights of the first layer are signed bytes.

import Glibc

package struct ResidueModel: Sendable {
  /// Units of the hidden layer; `Training/residue_model.py` has as many.
  private static let units = 32

  /// What one unit of a weight adds to a hidden unit.
  private let step: Float
  /// For each place of a feature its weights.
  private let weights: [SIMD32<Int8>]
  private let unitBiases: SIMD32<Float>
  /// For text, and then for each of `kinds`.
  private let outputs: [SIMD32<Float>]
  private let outputBiases: [Float]
  private let kinds: [ResidueKind]

  /// The shipped model.
  package static let shared: ResidueModel = {
    do { return try ResidueModel(Base64Text.bytes(of: ResidueTables.text)) } catch {
      // The tables are part of the binary, and a test loads them.
      fatalError("the tables of residue are damaged: \(error)")
    }
  }()

  package enum TableError: Error, Equatable { case truncated, wrongMagic, outOfRange }

  /// Reads tables as `Training/residue_model.py` writes them.
  package init(_ bytes: [UInt8]) throws(TableError) {
    var at = 0
    func word() throws(TableError) -> UInt32 {
      guard at + 4 <= bytes.count else { throw .truncated }
      defer { at += 4 }
      return (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
    }
    func float() throws(TableError) -> Float { Float(bitPattern: try word()) }
    func vector() throws(TableError) -> SIMD32<Float> {
      var vector = SIMD32<Float>()
      for unit in 0..<Self.units { vector[unit] = try float() }
      return vector
    }
    guard try word() == 0x3252_4E57 else { throw .wrongMagic }
    let buckets = Int(try word())
    let unitCount = Int(try word())
    let kindCount = Int(try word())
    guard buckets > ResidueFeatures.formBuckets, buckets <= 1 << 20, unitCount == Self.units,
      kindCount > 0, kindCount <= ResidueKind.allCases.count
    else { throw .outOfRange }
    var kinds: [ResidueKind] = []
    for _ in 0..<kindCount {
      let place = Int(try word())
      guard place < ResidueKind.allCases.count else { throw .outOfRange }
      kinds.append(ResidueKind.allCases[place])
    }
    self.kinds = kinds
    step = try float()
    unitBiases = try vector()
    var outputs: [SIMD32<Float>] = []
    for _ in 0...kindCount { outputs.append(try vector()) }
    self.outputs = outputs
    var biases: [Float] = []
    for _ in 0...kindCount { biases.append(try float()) }
    outputBiases = biases
    guard at + buckets * Self.units <= bytes.count else { throw .truncated }
    guard at + buckets * Self.units == bytes.count else { throw .outOfRange }
    var weights: [SIMD32<Int8>] = []
    weights.reserveCapacity(buckets)
    for bucket in 0..<buckets {
      var vector = SIMD32<Int8>()
      for unit in 0..<Self.units {
        vector[unit] = Int8(bitPattern: bytes[at + bucket * Self.units + unit])
      }
      weights.append(vector)
    }
    self.weights = weights
  }

  /// What a line looks like by its text alone.
  ///
  /// - Returns: The log-odds that it is residue of whatever kind, and the likeliest kind if it is.
  package func verdict(_ features: ResidueFeatures) -> (score: Float, kind: ResidueKind) {
    let hidden = hiddenUnits(features)
    let text = outputBiases[0] + (outputs[0] * hidden).sum()
    var best = 0
    var scores = [Float](repeating: 0, count: kinds.count)
    for kind in kinds.indices {
      scores[kind] = outputBiases[kind + 1] + (outputs[kind + 1] * hidden).sum()
      if scores[kind] > scores[best] { best = kind }
    }
    var sum: Float = 0
    for score in scores { sum += expf(score - scores[best]) }
    return (scores[best] + logf(sum) - text, kinds[best])
  }

  private func hiddenUnits(_ features: ResidueFeatures) -> SIMD32<Float> {
    var form = SIMD32<Int16>()
    for place in features.form { form &+= SIMD32<Int16>(truncatingIfNeeded: weights[Int(place)]) }
    var words = SIMD32<Int32>()
    let open = UInt64(weights.count - ResidueFeatures.formBuckets)
    weights.withUnsafeBufferPointer { weights in
      features.lexical.withUnsafeBufferPointer { hashes in
        var at = 0
        while at < hashes.count {
          // 256 weights of at most 127 fit into 16 bits.
          var part = SIMD32<Int16>()
          let end = min(hashes.count, at + 256)
          while at < end {
            // Below `open`, as the hash is below 2^32.
            let place = Int((UInt64(hashes[at]) &* open) >> 32) &+ ResidueFeatures.formBuckets
            part &+= SIMD32<Int16>(truncatingIfNeeded: weights[place])
            at += 1
          }
          words &+= SIMD32<Int32>(truncatingIfNeeded: part)
        }
      }
    }
    let root = Float(max(1, features.lexical.count)).squareRoot()
    let sums = SIMD32<Float>(form) + SIMD32<Float>(words) / root
    return pointwiseMax(unitBiases + step * sums, SIMD32<Float>())
  }
}
