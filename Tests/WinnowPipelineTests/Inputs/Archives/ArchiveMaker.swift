// Makes zip, tar and 7z archives for tests, with whatever names and kinds of entries.

import CArchive
import Glibc
import Testing

struct ArchiveMaker {
  struct Entry {
    var name: [UInt8]
    var bytes: [UInt8] = []
    /// As `S_IFMT` has it.
    var kind = Glibc.S_IFREG
    var symlink: String?
    var hardlink: String?
  }

  enum Format: String, CaseIterable {
    case zip, tar, sevenZip
    case gzip, bzip2, xz, zstd
    case storedZip

    /// The file's name, which says how it is packed.
    var fileName: String {
      switch self {
      case .zip, .storedZip: "a.zip"
      case .tar: "a.tar"
      case .sevenZip: "a.7z"
      case .gzip: "a.tar.gz"
      case .bzip2: "a.tar.bz2"
      case .xz: "a.tar.xz"
      case .zstd: "a.tar.zst"
      }
    }
  }

  static func file(_ name: String, _ text: String = "<p>x") -> Entry {
    Entry(name: Array(name.utf8), bytes: Array(text.utf8))
  }

  /// The archive's bytes.
  static func make(_ format: Format, _ entries: [Entry]) throws -> [UInt8] {
    let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    let outer = uselocale(locale)
    defer {
      uselocale(outer)
      freelocale(locale)
    }
    let archive = try #require(archive_write_new())
    defer { archive_write_free(archive) }
    switch format {
    case .zip:
      archive_write_set_format_zip(archive)
      archive_write_zip_set_compression_deflate(archive)
    case .storedZip:
      archive_write_set_format_zip(archive)
      archive_write_zip_set_compression_store(archive)
    case .sevenZip: archive_write_set_format_7zip(archive)
    case .tar, .gzip, .bzip2, .xz, .zstd: archive_write_set_format_ustar(archive)
    }
    switch format {
    case .gzip: archive_write_add_filter_gzip(archive)
    case .bzip2: archive_write_add_filter_bzip2(archive)
    case .xz: archive_write_add_filter_xz(archive)
    case .zstd: archive_write_add_filter_zstd(archive)
    default: break
    }
    archive_write_set_bytes_in_last_block(archive, 1)
    let size = entries.reduce(1 << 20) { $0 + 2 * $1.bytes.count + 4096 }
    var used = 0
    return try [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      try #require(
        archive_write_open_memory(archive, buffer.baseAddress, size, &used) == ARCHIVE_OK)
      for entry in entries { try write(entry, to: archive) }
      try #require(archive_write_close(archive) == ARCHIVE_OK)
      filled = used
    }
  }

  private static func write(_ entry: Entry, to archive: OpaquePointer) throws {
    let header = try #require(archive_entry_new())
    defer { archive_entry_free(header) }
    let name = entry.name.map { CChar(bitPattern: $0) } + [0]
    archive_entry_set_pathname(header, name)
    archive_entry_set_filetype(header, UInt32(entry.kind))
    archive_entry_set_perm(header, 0o644)
    archive_entry_set_size(header, la_int64_t(entry.bytes.count))
    if let target = entry.symlink { archive_entry_set_symlink(header, target) }
    if let target = entry.hardlink { archive_entry_set_hardlink(header, target) }
    try #require(archive_write_header(archive, header) >= ARCHIVE_WARN)
    if !entry.bytes.isEmpty {
      let written = archive_write_data(archive, entry.bytes, entry.bytes.count)
      try #require(written == entry.bytes.count)
    }
  }
}
