// Folders that programs which save pages put beside them: names in, what they are out.

enum CompanionFolders {
  /// Where HTTrack keeps what it needs to update a mirror, copies of all pages among it.
  static let mirrorCache = Array("hts-cache".utf8)

  /// What browsers add to a page's name, without its extension, for the folder of its pictures,
  /// scripts and frames. Most write `_files`; Internet Explorer wrote it in the user's language.
  ///
  /// Source: Windows' "connected files", which ties folders with these endings to pages.
  static let endings = [
    "_files", ".files", "_file", "-Dateien", "_fichiers", "_bestanden", "_archivos", "-filer",
    "_tiedostot", "_pliki", "_soubory", "_elemei", "_ficheiros", "_arquivos", "_dosyalar",
    "_datoteke", "_fitxers", "_failid", "_fails", "_bylos", "_fajlovi", "_fitxategiak",
  ]

  /// The names of the pages that a folder called so belongs to, if one of them stands beside it;
  /// none for folders with other names.
  static func pages(of name: [UInt8]) -> [[UInt8]] {
    let ending = endings.first { name.count > $0.utf8.count && name.ends(with: $0) }
    guard let ending else { return [] }
    let stem = Array(name.dropLast(ending.utf8.count))
    return (PageNames.pages + PageNames.programs + [".HTM", ".HTML"]).map { stem + Array($0.utf8) }
  }
}

extension [UInt8] {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
