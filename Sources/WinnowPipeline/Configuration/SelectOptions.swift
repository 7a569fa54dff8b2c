// The `fetch.select` section of pipeline.json: which pages are wanted, before they are read.

/// Options of `fetch.select`.
package struct SelectOptions: Sendable, Equatable {
  package var hosts: [String] = []
  package var exceptHosts: [String] = []
  /// Regular expressions.
  package var urls: [String] = []
  package var exceptURLs: [String] = []
  /// BCP 47 primary languages.
  package var languages: [String] = []

  package init() {}
}

extension SelectOptions: ConfigurationOptions {
  package static let keys: [ConfigurationKey<SelectOptions>] = [
    .texts(
      "hosts", \.hosts, .host,
      """
      Takes pages of these hosts alone: `example.org`, or `*.example.org` with all hosts below it. \
      Pages whose address is not known are left out then. An empty list takes all.
      """),
    .texts("exceptHosts", \.exceptHosts, .host, "Leaves out pages of these hosts."),
    .texts(
      "urls", \.urls, .regex,
      """
      Takes pages alone in whose address one of these regular expressions matches, such as \
      `^https?://[^/]+/news/`. Pages whose address is not known are left out then.
      """),
    .texts(
      "exceptUrls", \.exceptURLs, .regex,
      "Leaves out pages in whose address one of these regular expressions matches."),
    .texts(
      "languages", \.languages, .language,
      """
      Leaves out pages of which the archive says that they are in other languages than these \
      (`Content-Language`, `WARC-Identified-Content-Language`). Pages of which nothing is said are \
      taken; `filter.languages` judges by what a page says of itself.
      """),
  ]
}
