// Standard input as an input of a run: a page or a container that comes through a pipe, told by its
// first bytes.

internal import Glibc
internal import Synchronization

/// What standard input holds.
package enum InputForm: String, Sendable, CaseIterable {
  case html, text, mhtml, warc, jsonl
  /// Zip or tar; 7z cannot be read through a pipe.
  case archive

  var container: ContainerKind? {
    switch self {
    case .html, .text, .mhtml: nil
    case .warc: .webArchive
    case .jsonl: .lines
    case .archive: .archive
    }
  }

  var page: SavedPage.Form {
    switch self {
    case .text: .text
    case .mhtml: .mhtml
    default: .html
    }
  }

  /// What a 7z archive begins with.
  static let sevenZip: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]

  /// By the first bytes, unpacked; what looks like nothing else is a page of HTML.
  init(sniffing bytes: some Collection<UInt8>) {
    let text = bytes.drop { $0.isHeaderSpace || [0xEF, 0xBB, 0xBF].contains($0) }
    let archives: [[UInt8]] = [
      Array("PK\u{3}\u{4}".utf8), Array("PK\u{5}\u{6}".utf8), Self.sevenZip,
    ]
    // A tar archive says so behind its first name, mode and so on (POSIX 1003.1, ustar).
    let tar = bytes.dropFirst(257).starts(with: "ustar".utf8)
    if bytes.starts(with: "WARC/".utf8) || bytes.starts(with: "filedesc:".utf8) {
      self = .warc
    } else if tar || archives.contains(where: { bytes.starts(with: $0) }) {
      self = .archive
    } else if text.first == UInt8(ascii: "{") || Self.isArray(text) {
      self = .jsonl
    } else if ["MIME-Version:", "From: <Saved by"].contains(where: { text.starts(with: $0.utf8) }) {
      self = .mhtml
    } else {
      self = .html
    }
  }
}

extension InputForm {
  /// An array of objects, which is told what it should be line by line.
  private static func isArray(_ text: some Collection<UInt8>) -> Bool {
    text.first == UInt8(ascii: "[")
      && text.dropFirst().first { !$0.isHeaderSpace } == UInt8(ascii: "{")
  }
}

/// Standard input, opened; its bytes can be had once.
package final class PipedInput: Sendable {
  let form: InputForm
  private let stream: Mutex<ContainerStream?>

  /// What the page, or the container, is called.
  static let name = Array("stdin".utf8)

  /// Waits for the first bytes.
  ///
  /// - Parameter form: What it holds, if the user says so.
  init(_ descriptor: CInt, form: InputForm?) throws(SystemError) {
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard own >= 0 else { throw .last }
    let stream = try ContainerStream(SharedDescriptor(Descriptor(owning: own)))
    _ = stream.ensure(512)
    self.form = form ?? stream.withBytes { InputForm(sniffing: $0) }
    self.stream = Mutex(stream)
  }

  /// The bytes, for one reader.
  ///
  /// - Throws: `vanished` when they have been read already.
  func take() throws(FetchFailure) -> ContainerStream {
    let taken = stream.withLock { stream -> ContainerStream? in
      let taken = stream
      stream = nil
      return taken
    }
    guard let taken else { throw .vanished }
    return taken
  }

  /// All bytes as one page.
  func page(limit: Int) throws(FetchFailure) -> FetchedPage {
    let stream = try take()
    guard !stream.ensure(limit + 1) else { throw .tooLarge(bytes: limit + 1, limit: limit) }
    if let damage = stream.damage { throw .damagedContainer(damage) }
    let page = try SavedPage.page(stream.take(stream.available), form.page)
    return FetchedPage(of: page, stored: stream.bytesStored)
  }
}
