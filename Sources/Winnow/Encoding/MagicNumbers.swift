// The first bytes of formats that are found under a page's name, and what to call them.

/// A format's mark: `bytes` stand at `offset`, after `container` at the start.
struct MagicNumber: Sendable {
  let bytes: [UInt8]
  let offset: Int
  let container: [UInt8]
  /// As it stands after "not a web page but".
  let kind: String

  private init(
    _ bytes: [UInt8], at offset: Int = 0, in container: [UInt8] = [], _ kind: String
  ) {
    self.bytes = bytes
    self.offset = offset
    self.container = container
    self.kind = kind
  }

  private init(_ text: String, at offset: Int = 0, in container: String = "", _ kind: String) {
    self.init(Array(text.utf8), at: offset, in: Array(container.utf8), kind)
  }

  func stands(in page: [UInt8]) -> Bool {
    page.count >= offset + bytes.count && page[offset...].starts(with: bytes)
      && page.starts(with: container)
  }

  /// None of them is one that a text could start with.
  static let all: [MagicNumber] = [
    // Compressed data and archives.
    .init([0x1F, 0x8B], "gzip data"),
    .init("PK\u{3}\u{4}", "ZIP archive"),
    .init("PK\u{5}\u{6}", "ZIP archive"),
    .init("BZh91AY&SY", "bzip2 data"),
    .init([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz data"),
    .init([0x28, 0xB5, 0x2F, 0xFD], "zstd data"),
    .init([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z archive"),
    .init("Rar!\u{1A}\u{7}", "RAR archive"),
    .init("ustar", at: 257, "tar archive"),
    // Images.
    .init([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "PNG image"),
    .init([0xFF, 0xD8, 0xFF], "JPEG image"),
    .init("GIF87a", "GIF image"),
    .init("GIF89a", "GIF image"),
    .init("WEBP", at: 8, in: "RIFF", "WebP image"),
    .init([0x49, 0x49, 0x2A, 0x00], "TIFF image"),
    .init([0x4D, 0x4D, 0x00, 0x2A], "TIFF image"),
    .init([0x00, 0x00, 0x01, 0x00], "icon"),
    .init("8BPS\u{0}", "Photoshop image"),
    .init("ftypavif", at: 4, "AVIF image"),
    .init("ftyphei", at: 4, "HEIF image"),
    // Sound and video.
    .init("ftyp", at: 4, "MP4 video"),
    .init([0x1A, 0x45, 0xDF, 0xA3], "Matroska video"),
    .init("AVI ", at: 8, in: "RIFF", "AVI video"),
    .init("WAVE", at: 8, in: "RIFF", "WAV sound"),
    .init("FLV\u{1}", "Flash video"),
    .init("OggS\u{0}", "Ogg sound"),
    .init("fLaC\u{0}", "FLAC sound"),
    .init("ID3\u{2}", "MP3 sound"),
    .init("ID3\u{3}", "MP3 sound"),
    .init("ID3\u{4}", "MP3 sound"),
    // Documents.
    .init("%PDF-", "PDF document"),
    .init("%!PS-", "PostScript document"),
    .init("{\\rtf", "RTF document"),
    .init([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "Microsoft Office document"),
    .init("AT&TFORM", "DjVu document"),
    .init("SQLite format 3\u{0}", "SQLite database"),
    // Programs and fonts.
    .init([0x7F, 0x45, 0x4C, 0x46], "ELF program"),
    .init([0xCA, 0xFE, 0xBA, 0xBE], "Java class"),
    .init([0xCF, 0xFA, 0xED, 0xFE], "Mach-O program"),
    .init("\u{0}asm", "WebAssembly program"),
    .init("wOFF", "font"),
    .init("wOF2", "font"),
    .init([0x00, 0x01, 0x00, 0x00], "font"),
    .init("OTTO\u{0}", "font"),
  ]
}
