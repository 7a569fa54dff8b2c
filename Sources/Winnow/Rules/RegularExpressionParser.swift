// The text of a regular expression in, its program out, or the first mistake with its column.

/// Reads an expression into a tree and writes its program.
struct RegularExpressionParser {
  private static let longest = 2000
  private static let deepest = 50
  private static let mostInstructions = 5000
  private static let mostRepeats = 1000

  private indirect enum Node {
    case empty
    case set(Int)
    case sequence([Node])
    case choice([Node])
    case repeated(Node, least: Int, most: Int?)
    case assertion(RegularExpression.Instruction)
  }

  private var scanner: RuleScanner
  private var sets: [ScalarSet] = []
  private var program: [RegularExpression.Instruction] = []
  private var ignoresCase = false
  private var depth = 0

  init(_ text: String) { scanner = RuleScanner(text, .regex) }

  mutating func expression() throws(RuleMistake) -> RegularExpression {
    guard !scanner.isAtEnd else { throw scanner.mistake("a regular expression") }
    guard scanner.scalars.count <= Self.longest else {
      throw scanner.mistake(
        "at most \(Self.longest) characters", at: Self.longest, seen: "a longer expression")
    }
    if scanner.current == "(", scanner.peek(1) == "?", scanner.peek(2) == "i",
      scanner.peek(3) == ")"
    {
      scanner.position += 4
      ignoresCase = true
    }
    let node = try choice()
    guard scanner.isAtEnd else { throw scanner.mistake("'(' before this ')'") }
    try write(node)
    program.append(.match)
    return RegularExpression(program: program, sets: sets)
  }

  // MARK: Reading

  private mutating func choice() throws(RuleMistake) -> Node {
    var branches = [try sequence()]
    while scanner.take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(RuleMistake) -> Node {
    var nodes: [Node] = []
    while let scalar = scanner.current, scalar != "|", scalar != ")" {
      nodes.append(try quantified(try atom()))
    }
    return nodes.isEmpty ? .empty : .sequence(nodes)
  }

  private mutating func atom() throws(RuleMistake) -> Node {
    let start = scanner.position
    let scalar = scanner.scalars[start]
    scanner.position += 1
    switch scalar {
    case "(": return try group(start)
    case "[": return .set(add(try bracket(start)))
    case ".": return .set(add(.anyButLineBreak))
    case "^": return .assertion(.start)
    case "$": return .assertion(.end)
    case "*", "+", "?":
      throw scanner.mistake("something to repeat before it, or '\\' to mean itself", at: start)
    case "\\": return try escape()
    default: return literal(scalar)
    }
  }

  private mutating func group(_ start: Int) throws(RuleMistake) -> Node {
    if scanner.take("?"), !scanner.take(":") {
      throw scanner.mistake("':' for a plain group; looking around and names are not supported")
    }
    depth += 1
    guard depth <= Self.deepest else {
      throw scanner.mistake("at most \(Self.deepest) groups in each other", at: start)
    }
    let node = try choice()
    depth -= 1
    guard scanner.take(")") else { throw scanner.mistake("')' for the group") }
    return node
  }

  private mutating func quantified(_ node: Node) throws(RuleMistake) -> Node {
    let start = scanner.position
    var least = 0
    var most: Int?
    switch scanner.current {
    case "*": scanner.position += 1
    case "+":
      scanner.position += 1
      least = 1
    case "?":
      scanner.position += 1
      most = 1
    case "{" where scanner.peek(1)?.isASCIIDigit == true:
      scanner.position += 1
      least = try count()
      most = least
      if scanner.take(",") { most = scanner.current?.isASCIIDigit == true ? try count() : nil }
      guard scanner.take("}") else { throw scanner.mistake("'}'") }
      if let most, most < least {
        throw scanner.mistake("a greater number last", at: start, seen: "{\(least),\(most)}")
      }
    default: return node
    }
    if case .assertion = node {
      throw scanner.mistake("something to repeat before it", at: start)
    }
    // Lazy or not, the same texts match.
    _ = scanner.take("?")
    if let next = scanner.current, next == "*" || next == "+" || next == "?" {
      throw scanner.mistake("no second repetition")
    }
    return .repeated(node, least: least, most: most)
  }

  private mutating func count() throws(RuleMistake) -> Int {
    let start = scanner.position
    var value = 0
    while let scalar = scanner.current, scalar.isASCIIDigit {
      value = value * 10 + Int(scalar.value - 0x30)
      scanner.position += 1
      guard value <= Self.mostRepeats else {
        throw scanner.mistake("at most \(Self.mostRepeats) repetitions", at: start)
      }
    }
    return value
  }

  private mutating func literal(_ scalar: Unicode.Scalar) -> Node {
    var set = ScalarSet()
    set.add(scalar.value...scalar.value, ignoresCase: ignoresCase)
    return .set(add(set))
  }

  private mutating func add(_ set: ScalarSet) -> Int {
    var set = set
    set.finish()
    if let index = sets.firstIndex(of: set) { return index }
    sets.append(set)
    return sets.count - 1
  }

  // MARK: Classes and escapes

  private mutating func escape() throws(RuleMistake) -> Node {
    switch scanner.current {
    case "b":
      scanner.position += 1
      return .assertion(.wordBoundary(true))
    case "B":
      scanner.position += 1
      return .assertion(.wordBoundary(false))
    default: break
    }
    if let kind = try kind() {
      var set = ScalarSet()
      set.kinds = [kind]
      return .set(add(set))
    }
    return literal(try escapedScalar())
  }

  /// `\d` and its like; `scanner` stands after the backslash.
  private mutating func kind() throws(RuleMistake) -> ScalarSet.Kind? {
    let kind: ScalarSet.Kind? =
      switch scanner.current {
      case "d": .digit
      case "D": .notDigit
      case "w": .word
      case "W": .notWord
      case "s": .space
      case "S": .notSpace
      default: nil
      }
    if kind != nil { scanner.position += 1 }
    return kind
  }

  private mutating func escapedScalar() throws(RuleMistake) -> Unicode.Scalar {
    guard let scalar = scanner.current else {
      throw scanner.mistake("a character after the backslash")
    }
    switch scalar {
    case "n", "t", "r":
      scanner.position += 1
      return scalar == "n" ? "\n" : scalar == "t" ? "\t" : "\r"
    case "u", "x":
      scanner.position += 1
      var value: UInt32 = 0
      for _ in 0..<(scalar == "u" ? 4 : 2) {
        guard let digit = scanner.current?.hexadecimal else {
          throw scanner.mistake(
            scalar == "u" ? "four hexadecimal digits" : "two hexadecimal digits")
        }
        value = value * 16 + digit
        scanner.position += 1
      }
      return Unicode.Scalar(value) ?? "\u{FFFD}"
    default:
      if scalar.isASCIILetter || scalar.isASCIIDigit {
        throw scanner.mistake("one of b B d D w W s S n t r u x, or a sign, after the backslash")
      }
      scanner.position += 1
      return scalar
    }
  }

  private mutating func bracket(_ start: Int) throws(RuleMistake) -> ScalarSet {
    var set = ScalarSet()
    set.isNegated = scanner.take("^")
    var isFirst = true
    while true {
      guard let scalar = scanner.current else {
        throw scanner.mistake("']' for the class that starts at column \(start + 1)")
      }
      if scalar == "]", !isFirst { break }
      isFirst = false
      let place = scanner.position
      scanner.position += 1
      var lower = scalar
      if scalar == "\\" {
        if let kind = try kind() {
          set.kinds.append(kind)
          continue
        }
        lower = try escapedScalar()
      }
      var upper = lower
      if scanner.current == "-", let next = scanner.peek(1), next != "]" {
        scanner.position += 2
        upper = next == "\\" ? try escapedScalar() : next
        guard lower <= upper else {
          throw scanner.mistake("a range from the lesser to the greater", at: place)
        }
      }
      set.add(lower.value...upper.value, ignoresCase: ignoresCase)
    }
    scanner.position += 1
    return set
  }

  // MARK: Writing

  private mutating func write(_ node: Node) throws(RuleMistake) {
    guard program.count < Self.mostInstructions else {
      throw scanner.mistake(
        "fewer repetitions", at: 0,
        seen: "an expression of more than \(Self.mostInstructions) steps")
    }
    switch node {
    case .empty: break
    case .set(let index): program.append(.scalar(index))
    case .assertion(let instruction): program.append(instruction)
    case .sequence(let nodes): for node in nodes { try write(node) }
    case .choice(let branches):
      var jumps: [Int] = []
      for branch in branches.dropLast() {
        let split = program.count
        program.append(.split(split + 1, 0))
        try write(branch)
        jumps.append(program.count)
        program.append(.jump(0))
        program[split] = .split(split + 1, program.count)
      }
      if let last = branches.last { try write(last) }
      for jump in jumps { program[jump] = .jump(program.count) }
    case .repeated(let node, let least, let most):
      for _ in 0..<least {
        let before = program.count
        try write(node)
        // Nothing, however often.
        if program.count == before { break }
      }
      if let most {
        var splits: [Int] = []
        for _ in least..<most {
          splits.append(program.count)
          program.append(.split(program.count + 1, 0))
          try write(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
      } else {
        let split = program.count
        program.append(.split(split + 1, 0))
        try write(node)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
      }
    }
  }
}
