// The learned model of residue: a line's features in, how much it looks like residue and of which kind
// out. Its tables are in the binary.
//
// One hidden layer over the places that `ResidueFeatures` gives. Into each of its units goes a sum
// over the line's form and a sum over its words and their parts, the latter divided by the root of
// their number, so that long lines are judged as mildly as short ones. Above it stands one output for
// text and one for each kind of residue. Weights of the first layer are signed bytes.

import CScores
import Glibc

package struct ResidueModel: Sendable {
  /// Units of the hidden layer; `Training/residue_model.py` has as many.
  private static let units = RESIDUE_UNITS

  /// What one unit of a weight adds to a hidden unit.
  private let step: Float
  private let tables: TableBytes
  /// Where the weights stand in the tables: for each place of a feature, `units` of them. They stay
  /// there, as a run over a few pages reads few of them.
  private let weights: Int
  /// Places of hashed features, behind those of the form.
  private let openPlaces: UInt32
  private let unitBiases: [Float]
  /// Weights of the units for text, and then for each of `kinds`.
  private let outputs: [Float]
  private let outputBiases: [Float]
  private let kinds: [ResidueKind]

  /// The shipped model.
  package static let shared: ResidueModel = {
    do { return try ResidueModel(.residue) } catch {
      // The tables are part of the binary, and a test loads them.
      fatalError("the tables of residue are damaged: \(error)")
    }
  }()

  /// Reads tables as `Training/residue_model.py` writes them.
  package init(_ tables: TableBytes) throws(TableError) {
    var reader = TableReader(tables)
    func floats(_ count: Int) throws(TableError) -> [Float] {
      var floats: [Float] = []
      for _ in 0..<count { floats.append(try reader.float()) }
      return floats
    }
    guard try reader.uint32() == 0x3252_4E57 else { throw .wrongMagic }
    let buckets = Int(try reader.uint32())
    let unitCount = Int(try reader.uint32())
    let kindCount = Int(try reader.uint32())
    guard buckets > ResidueFeatures.formBuckets, buckets <= 1 << 20, unitCount == Self.units,
      kindCount > 0, kindCount <= ResidueKind.allCases.count
    else { throw .outOfRange }
    var kinds: [ResidueKind] = []
    for _ in 0..<kindCount {
      let place = Int(try reader.uint32())
      guard place < ResidueKind.allCases.count else { throw .outOfRange }
      kinds.append(ResidueKind.allCases[place])
    }
    self.kinds = kinds
    step = try reader.float()
    unitBiases = try floats(Self.units)
    outputs = try floats((kindCount + 1) * Self.units)
    outputBiases = try floats(kindCount + 1)
    openPlaces = UInt32(buckets - ResidueFeatures.formBuckets)
    weights = reader.place
    try reader.skip(buckets * Self.units)
    guard reader.isAtEnd else { throw .outOfRange }
    self.tables = tables
  }

  /// What a line looks like by its text alone.
  ///
  /// - Returns: The log-odds that it is residue of whatever kind, and the likeliest kind if it is.
  package func verdict(_ features: ResidueFeatures) -> (score: Float, kind: ResidueKind) {
    let units = hiddenUnits(features)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: kinds.count + 1) { scores in
      residue_outputs(units, outputs, outputBiases, kinds.count + 1, scores.baseAddress)
      var best = 1
      for output in 1...kinds.count where scores[output] > scores[best] { best = output }
      var sum: Float = 0
      for output in 1...kinds.count { sum += expf(scores[output] - scores[best]) }
      return (scores[best] + logf(sum) - scores[0], kinds[best - 1])
    }
  }

  private func hiddenUnits(_ features: ResidueFeatures) -> [Float] {
    let lexical = features.lexical
    let root = Float(max(1, lexical.count)).squareRoot()
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * Self.units) { sums in
      sums.initialize(repeating: 0)
      guard let form = sums.baseAddress else { return unitBiases }
      let words = form + Self.units
      let weights = tables.bytes.baseAddress?.advanced(by: weights)
        .assumingMemoryBound(to: Int8.self)
      residue_add(weights, features.form, features.form.count, form)
      lexical.withUnsafeBufferPointer { lexical in
        residue_add_hashed(
          weights, lexical.baseAddress, lexical.count, UInt32(ResidueFeatures.formBuckets),
          openPlaces, words)
      }
      return [Float](unsafeUninitializedCapacity: Self.units) { units, initialized in
        for unit in 0..<Self.units {
          let sum = Float(form[unit]) + Float(words[unit]) / root
          units[unit] = max(0, unitBiases[unit] + step * sum)
        }
        initialized = Self.units
      }
    }
  }
}
