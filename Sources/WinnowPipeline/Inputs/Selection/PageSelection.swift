// Which pages are wanted by what is known of them before they are read: `fetch.select`.

internal import Winnow

/// Why a page is not wanted.
package enum Unwanted: String, Sendable, CaseIterable {
  case host = "other-host"
  case address = "other-address"
  /// There is no address to judge by, and addresses are asked for.
  case noAddress = "unknown-address"
  case language = "other-language"
}

/// The options of `fetch.select`, ready to be asked for every page.
struct PageSelection: Sendable {
  private let hosts: [HostPattern]
  private let exceptHosts: [HostPattern]
  private let addresses: [RegularExpression]
  private let exceptAddresses: [RegularExpression]
  private let languages: Set<String>

  init(_ options: SelectOptions) {
    // The checker has passed all of them.
    func parsed<Rule>(_ texts: [String], _ make: (String) throws -> Rule) -> [Rule] {
      texts.compactMap { try? make($0) }
    }
    hosts = parsed(options.hosts) { try HostPattern($0) }
    exceptHosts = parsed(options.exceptHosts) { try HostPattern($0) }
    addresses = parsed(options.urls) { try RegularExpression($0) }
    exceptAddresses = parsed(options.exceptURLs) { try RegularExpression($0) }
    languages = Set(options.languages.map { LanguageCodes.primary($0) })
  }

  /// - Parameters:
  ///   - languages: Of the page, as tags or codes; none when nobody names one, and then it is not
  ///     judged by.
  /// - Returns: `nil` for a page that is wanted.
  func refusal(url: String?, languages tags: [String] = []) -> Unwanted? {
    if !hosts.isEmpty || !exceptHosts.isEmpty {
      let host = url.flatMap { HostPattern.host(of: $0) }
      if let host {
        if !hosts.isEmpty, !hosts.contains(where: { $0.matches(host) }) { return .host }
        if exceptHosts.contains(where: { $0.matches(host) }) { return .host }
      } else if !hosts.isEmpty {
        return .noAddress
      }
    }
    if !addresses.isEmpty || !exceptAddresses.isEmpty {
      if var url {
        let isWanted = url.withUTF8 { text in
          (addresses.isEmpty || addresses.contains { $0.matches(text, whole: false) })
            && !exceptAddresses.contains { $0.matches(text, whole: false) }
        }
        if !isWanted { return .address }
      } else if !addresses.isEmpty {
        return .noAddress
      }
    }
    if !languages.isEmpty, !tags.isEmpty,
      !tags.contains(where: { languages.contains(LanguageCodes.primary($0)) })
    {
      return .language
    }
    return nil
  }
}
