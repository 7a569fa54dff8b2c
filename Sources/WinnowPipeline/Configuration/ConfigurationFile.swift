// From the name of a configuration file and what the command line overrides to a configuration
// whose paths can be opened.

internal import Glibc
package import Winnow

/// What the command line says in place of the file. Its paths start at the working directory.
package struct ConfigurationOverrides: Sendable, Equatable {
  /// Replaces `fetch.input` when not empty; bytes of paths.
  package var input: [[UInt8]] = []
  /// Names a list of files that replaces `fetch.input`; `-` is standard input.
  package var list: [UInt8]?
  /// What standard input holds when it is an input.
  package var pipedForm: InputForm?
  /// Replaces `emit.output`.
  package var output: [UInt8]?
  /// Replaces `emit.formats` when not empty.
  package var formats: [OutputFormat] = []
  /// Replaces the workers of the stages that compute, `strip` and `normalize`; `0` for one a core.
  package var workers: Int?

  package init() {}
}

/// Configuration files: where they are, and what stands at their top.
package enum ConfigurationFile {
  /// The file that is read when none is named.
  package static let defaultName = "pipeline.json"

  /// Keys outside the stages.
  static let rootKeys: [(name: String, help: String)] = [
    ("$schema", "Address of the JSON Schema, for editors; `winnow schema` prints it."),
    ("stages", "The stages, in the order in which they run."),
    (
      "tests",
      """
      Pages with texts that must and must not stand in their documents; `winnow check --tests` \
      tries them.
      """
    ),
  ]

  /// Bytes of a configuration; nobody writes more by hand.
  private static let sizeLimit = 16 << 20

  /// The configuration of a command that names its input and its output, where there is no
  /// `defaultName`.
  private static let bare = """
    {"stages": [
      {"stage": "fetch", "input": ["."]}, {"stage": "strip"}, {"stage": "normalize"},
      {"stage": "emit", "output": "out"}
    ]}
    """

  /// As `load(_:overrides:)`, for a command that may name no file: `defaultName` is read then, or,
  /// where there is none and the command line says what is read and written, all has its default.
  package static func load(
    named file: String?, overrides: ConfigurationOverrides
  ) throws(ConfigurationMistakes) -> PipelineConfiguration {
    if let file { return try load(file, overrides: overrides) }
    let hasInput = !overrides.input.isEmpty || overrides.list != nil
    guard access(defaultName, F_OK) != 0, errno == ENOENT else {
      return try load(defaultName, overrides: overrides)
    }
    guard hasInput, overrides.output != nil else {
      throw unreadable(
        defaultName, "No such file or directory, nor both an input and an output by option")
    }
    return try load(Array(bare.utf8), of: defaultName, overrides: overrides)
  }

  /// Reads, checks and completes the configuration in `file`.
  ///
  /// Relative paths in the file start at the file's folder, so that a run gives the same wherever
  /// it is started; paths of the command line start at the working directory, as they do
  /// everywhere.
  ///
  /// - Throws: every mistake there is. Nothing but `file` has been touched then.
  package static func load(
    _ file: String, overrides: ConfigurationOverrides = ConfigurationOverrides()
  ) throws(ConfigurationMistakes) -> PipelineConfiguration {
    try load(text(of: file), of: file, overrides: overrides)
  }

  private static func load(
    _ text: [UInt8], of file: String, overrides: ConfigurationOverrides
  ) throws(ConfigurationMistakes) -> PipelineConfiguration {
    var configuration = try PipelineConfiguration(checking: text, file: file)
    configuration.text = text
    let folder = folder(of: Array(file.utf8))
    for index in configuration.tests.indices {
      configuration.tests[index].page.text = resolve(
        configuration.tests[index].page.text, against: folder)
    }
    configuration.fetch.input =
      overrides.input.isEmpty
      ? configuration.fetch.input.map { resolve($0, against: folder) } : overrides.input
    configuration.fetch.list = overrides.list
    configuration.fetch.pipedForm = overrides.pipedForm
    configuration.emit.output =
      overrides.output ?? resolve(configuration.emit.output, against: folder)
    if !overrides.formats.isEmpty { configuration.emit.formats = overrides.formats }
    if let workers = overrides.workers {
      configuration.strip.workers = workers
      configuration.normalize?.workers = workers
    }
    return configuration
  }

  /// Everything up to the last slash, slash included; empty for a plain name.
  private static func folder(of path: [UInt8]) -> [UInt8] {
    Array(path[..<(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)])
  }

  private static func resolve(_ path: [UInt8], against folder: [UInt8]) -> [UInt8] {
    path.first == UInt8(ascii: "/") || path == InputRoot.standardInput ? path : folder + path
  }

  // MARK: Reading

  /// The bytes of `file`, which may be a pipe.
  private static func text(of file: String) throws(ConfigurationMistakes) -> [UInt8] {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(file, String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return text }
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable(file, String(cString: strerror(errno)))
      }
      text.append(contentsOf: buffer[..<count])
      guard text.count <= sizeLimit else {
        throw unreadable(file, "longer than \(sizeLimit >> 20) megabytes, so not a configuration")
      }
    }
  }

  private static func unreadable(_ file: String, _ why: String) -> ConfigurationMistakes {
    ConfigurationMistakes(mistakes: [
      ConfigurationMistake(file: file, position: nil, key: "", reason: .unreadable(why))
    ])
  }
}
