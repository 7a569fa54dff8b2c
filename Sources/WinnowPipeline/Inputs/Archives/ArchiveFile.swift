// A zip, tar or 7z archive, read forward: entries and their bytes out. The only file that calls
// libarchive.
//
// Nothing is ever written: names, links and modes in an archive are labels.

internal import CArchive
internal import Glibc

/// What libarchive says of damage.
package struct ArchiveDamage: Error, Sendable, Equatable, CustomStringConvertible {
  let message: String
  /// Bytes of the file read so far, about where the damage is.
  let offset: Int
  /// Whether nothing behind it can be read.
  let isFatal: Bool

  package var description: String {
    let shown = EscapedPath(Array(message.utf8))
    return isFatal
      ? "is damaged at about byte \(offset), and what follows could not be read: \(shown)"
      : "is damaged at about byte \(offset): \(shown)"
  }
}

/// An entry's header.
struct ArchiveEntry: Equatable {
  enum Kind: Equatable {
    case file, folder, link, special
  }
  var name: [UInt8]
  var kind: Kind
  var isEncrypted: Bool
}

/// Reads one archive; to be used by one thread, from beginning to end.
final class ArchiveFile {
  private let archive: OpaquePointer
  /// Where the bytes come from: a file, or what comes through a pipe.
  private let file: SharedDescriptor?
  private let stream: ContainerStream?
  private let locale: locale_t?
  private let outerLocale: locale_t?
  private let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: ArchiveFile.pieceSize, alignment: 16)
  /// Of the stream, in libarchive's hands.
  private let piece = UnsafeMutableRawBufferPointer.allocate(
    byteCount: ArchiveFile.pieceSize, alignment: 16)

  /// Bytes asked for at once.
  private static let pieceSize = 1 << 16

  convenience init(_ file: SharedDescriptor) throws(ArchiveDamage) {
    try self.init(file: file, stream: nil)
  }

  /// Reads what a stream unpacks.
  convenience init(_ stream: ContainerStream) throws(ArchiveDamage) {
    try self.init(file: nil, stream: stream)
  }

  private init(file: SharedDescriptor?, stream: ContainerStream?) throws(ArchiveDamage) {
    self.file = file
    self.stream = stream
    guard let archive = archive_read_new() else {
      throw ArchiveDamage(message: "not enough memory", offset: 0, isFatal: true)
    }
    self.archive = archive
    // libarchive turns the names of some formats into the thread's character set and loses what
    // that lacks; in this one nothing is lost.
    locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    outerLocale = locale.map { uselocale($0) } ?? nil
    // By name, not "all": some of the others start programs.
    archive_read_support_format_zip(archive)
    archive_read_support_format_tar(archive)
    archive_read_support_format_7zip(archive)
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_zstd(archive)
    let status =
      if let file {
        archive_read_open_fd(archive, file.raw, Self.pieceSize)
      } else {
        // The archive does not outlive its reader, which it is given.
        archive_read_open(
          archive, Unmanaged.passUnretained(self).toOpaque(), nil,
          { _, reader, bytes in
            guard let reader else { return -1 }
            return Unmanaged<ArchiveFile>.fromOpaque(reader).takeUnretainedValue().give(bytes)
          }, nil)
      }
    if status != ARCHIVE_OK { throw damage(isFatal: true) }
  }

  /// The next bytes of the stream, copied so that they stay until more are asked for.
  ///
  /// - Returns: How many; `0` at the end, `-1` when they end in damage.
  private func give(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>?) -> la_ssize_t {
    guard let stream, let bytes else { return -1 }
    let isThere = stream.ensure(1)
    guard isThere else { return stream.damage == nil ? 0 : -1 }
    let count = min(stream.available, piece.count)
    stream.withBytes {
      piece.copyMemory(
        from: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0.prefix(count))))
    }
    stream.drop(count)
    bytes.pointee = UnsafeRawPointer(piece.baseAddress)
    return la_ssize_t(count)
  }

  deinit {
    archive_read_free(archive)
    buffer.deallocate()
    piece.deallocate()
    if let outerLocale { uselocale(outerLocale) }
    if let locale { freelocale(locale) }
  }

  /// Bytes of the file used so far.
  var bytesStored: Int { Int(clamping: archive_filter_bytes(archive, -1)) }
  /// Bytes that came out of the compression around the whole archive, if there is one.
  var bytesUnfiltered: Int { Int(clamping: archive_filter_bytes(archive, 0)) }

  /// Whether entries can be passed over without being unpacked.
  var hasCheapSkip: Bool {
    archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP
  }

  /// - Returns: `nil` behind the last entry.
  func next() throws(ArchiveDamage) -> ArchiveEntry? {
    var entry: OpaquePointer?
    var status = archive_read_next_header(archive, &entry)
    // Something may be tried again once; a file does not get better by more.
    if status == ARCHIVE_RETRY { status = archive_read_next_header(archive, &entry) }
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
      throw damage(isFatal: status == ARCHIVE_FATAL)
    }
    let isLink = archive_entry_hardlink(entry) != nil
    let kind: ArchiveEntry.Kind =
      switch Int32(bitPattern: archive_entry_filetype(entry)) {
      case Int32(Glibc.S_IFREG): isLink ? .link : .file
      case Int32(Glibc.S_IFDIR): .folder
      case Int32(Glibc.S_IFLNK): .link
      // Some writers leave the kind of plain files and hard links out.
      case 0: isLink ? .link : .file
      default: .special
      }
    return ArchiveEntry(
      name: Self.bytes(archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)),
      kind: kind, isEncrypted: archive_entry_is_encrypted(entry) != 0)
  }

  /// The next bytes of the entry in hand; none at its end.
  func read() throws(ArchiveDamage) -> UnsafeRawBufferPointer {
    let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
    if count < 0 { throw damage(isFatal: count == Int(ARCHIVE_FATAL)) }
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  /// Passes over a piece of the entry in hand; the holes of a sparse file take no time.
  ///
  /// - Returns: `false` at its end.
  func skipPiece() throws(ArchiveDamage) -> Bool {
    if hasCheapSkip { return false }
    var bytes: UnsafeRawPointer?
    var count = 0
    var offset: la_int64_t = 0
    let status = archive_read_data_block(archive, &bytes, &count, &offset)
    if status == ARCHIVE_EOF { return false }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
      throw damage(isFatal: status == ARCHIVE_FATAL)
    }
    return true
  }

  private func damage(isFatal: Bool) -> ArchiveDamage {
    ArchiveDamage(
      message: archive_error_string(archive).map { String(cString: $0) } ?? "no reason given",
      offset: bytesStored, isFatal: isFatal)
  }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    return UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
  }
}
