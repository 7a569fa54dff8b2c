// A share on the command line: `20%`, `20` or `2.5%`.

public import ArgumentParser

/// A number of hundredths, `0...100`.
public struct Percentage: ExpressibleByArgument, Sendable {
  let value: Double
  /// As it was given.
  let text: String

  public init?(argument: String) {
    let number = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
    guard let value = Double(number), (0...100).contains(value) else { return nil }
    self.value = value
    text = number + "%"
  }
}
