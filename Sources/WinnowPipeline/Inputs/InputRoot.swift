// One `input` of fetch: opened before anything is written, so that a wrong path stops the run at
// once; and the place of its pages below the output folder.

internal import Glibc

/// A folder of pages, or one page given by its path.
package struct InputRoot: Sendable {
  /// The folder in which pages are opened: the input itself, or the folder of the one page.
  package let folder: SharedDescriptor
  /// As the user wrote it.
  package let path: [UInt8]
  /// The name of the page in `folder` when the input is a file.
  let fileName: [UInt8]?
  /// Put before the pages' paths: empty, or a name that no other input has.
  let label: [UInt8]
  /// Of the input itself.
  var identity: FileIdentity?
  /// The list, when the pages are those that a list names.
  var list: SharedDescriptor?
  /// Standard input, when that is the input.
  var piped: PipedInput?
  /// What kind of container the input is by its first bytes, when it is a file whose name does not
  /// tell.
  var told: ContainerKind?
  /// Whether the input can be walked only once.
  var isOnce: Bool { list != nil || piped != nil }
}

/// An input that cannot be used.
package enum InputError: Error, Equatable, CustomStringConvertible {
  case cannotOpen(path: [UInt8], SystemError)
  /// Documents among the pages would be taken for pages by the next run.
  case isOutput(path: [UInt8])

  package var description: String {
    switch self {
    case .cannotOpen(let path, let error):
      "input \(EscapedPath(path)): \(error); give a folder or a file that can be read"
    case .isOutput(let path):
      "input \(EscapedPath(path)) is the output folder too; give another --output"
    }
  }
}

extension InputRoot {
  /// Opens what `fetch` reads: the list of paths if there is one, else the inputs.
  package static func open(_ fetch: FetchOptions) throws(InputError) -> [InputRoot] {
    guard let list = fetch.list else { return try open(fetch.input, form: fetch.pipedForm) }
    do throws(SystemError) {
      let isStandardInput = list == [UInt8(ascii: "-")]
      let file = try FileCalls.open(
        isStandardInput ? Array("/dev/stdin".utf8) : list, in: FileCalls.currentFolder,
        flags: O_RDONLY)
      let folder = try FileCalls.open(
        [UInt8(ascii: ".")], in: FileCalls.currentFolder, flags: O_RDONLY | O_DIRECTORY)
      return [
        InputRoot(
          folder: SharedDescriptor(folder), path: list, fileName: nil, label: [],
          list: SharedDescriptor(file))
      ]
    } catch {
      throw .cannotOpen(path: list, error)
    }
  }

  /// Opens all inputs.
  ///
  /// One folder alone has its pages at their paths below it. Of several inputs, each gets a label:
  /// the last name of its path, made different from the labels before it by `~2`, `~3` and so on;
  /// a folder's pages stand below the label, a file's page is called by it. So no two pages of a
  /// run have the same path, and the paths depend only on the inputs and their order.
  ///
  /// - Parameter form: What standard input holds, whose path is `-`; `nil` to look.
  package static func open(
    _ paths: [[UInt8]], form: InputForm? = nil
  ) throws(InputError) -> [InputRoot] {
    var roots: [InputRoot] = []
    var labels: Set<[UInt8]> = []
    for path in paths {
      let isPiped = path == standardInput
      let name = isPiped ? PipedInput.name : lastName(of: path)
      var label = name
      var number = 2
      while !labels.insert(label).inserted {
        label = name + Array("~\(number)".utf8)
        number += 1
      }
      do {
        roots.append(
          isPiped
            ? try openPiped(label: label, form)
            : try open(path, label: label, isOnlyInput: paths.count == 1))
      } catch {
        throw .cannotOpen(path: path, error)
      }
    }
    return roots
  }

  /// Stands for standard input among the inputs.
  package static let standardInput = Array("-".utf8)

  private static func openPiped(
    label: [UInt8], _ form: InputForm?
  ) throws(SystemError) -> InputRoot {
    let folder = try FileCalls.open(
      [UInt8(ascii: ".")], in: FileCalls.currentFolder, flags: O_RDONLY | O_DIRECTORY)
    return InputRoot(
      folder: SharedDescriptor(folder), path: standardInput, fileName: PipedInput.name,
      label: label, piped: try PipedInput(STDIN_FILENO, form: form))
  }

  /// The output folder may stand inside an input, but not be one.
  package static func check(
    _ roots: [InputRoot], against output: OutputFolder
  ) throws(InputError) {
    for root in roots where root.fileName == nil && root.identity == output.identity {
      throw .isOutput(path: root.path)
    }
  }

  private static func open(
    _ path: [UInt8], label: [UInt8], isOnlyInput: Bool
  ) throws(SystemError) -> InputRoot {
    let status = try FileCalls.status(of: path, in: FileCalls.currentFolder, followsLink: true)
    switch status.kind {
    case .folder:
      let folder = try FileCalls.open(
        path, in: FileCalls.currentFolder, flags: O_RDONLY | O_DIRECTORY)
      return InputRoot(
        folder: SharedDescriptor(folder), path: path, fileName: nil,
        label: isOnlyInput ? [] : label, identity: status.identity)
    case .file:
      let parent = path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[...$0]) } ?? [0x2E]
      let folder = SharedDescriptor(
        try FileCalls.open(parent, in: FileCalls.currentFolder, flags: O_RDONLY | O_DIRECTORY))
      let name = path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[($0 + 1)...]) } ?? path
      return InputRoot(
        folder: folder, path: path, fileName: name, label: label,
        told: try kind(of: name, in: folder.raw))
    case .link, .other:
      // A device may be read for ever; a pipe is given as standard input.
      throw SystemError(code: ENOTSUP)
    }
  }

  /// What a file holds whose name tells nothing, such as `c4-train.json.gz`.
  private static func kind(
    of name: [UInt8], in folder: CInt
  ) throws(SystemError) -> ContainerKind? {
    let told = PageNames.pages + PageNames.messages + PageNames.text
    guard ContainerKind(path: name) == nil, !PageNames.ends(name, in: told),
      // What cannot be opened is told when it is read.
      let file = try? FileCalls.open(name, in: folder, flags: O_RDONLY)
    else { return nil }
    let stream = try ContainerStream(SharedDescriptor(file))
    _ = stream.ensure(512)
    return stream.withBytes { InputForm(sniffing: $0) }.container
  }

  /// The last name of a path that is a name, else `input`.
  private static func lastName(of path: [UInt8]) -> [UInt8] {
    let names = path.split(separator: UInt8(ascii: "/"))
    guard let last = names.last, !last.elementsEqual(".".utf8), !last.elementsEqual("..".utf8)
    else { return Array("input".utf8) }
    return Array(last)
  }
}
