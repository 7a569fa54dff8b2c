// What sorts of residue there are. The raw values stand in pipeline.json, in JSON and in reports.

/// What a line of residue is there for.
public enum ResidueKind: String, Sendable, Equatable, CaseIterable, Codable {
  /// Newsletters, notifications, apps and channels: 'Join our channel'.
  case subscribe
  /// Following and sharing: 'Share on Facebook'.
  case follow
  /// Comment forms, their notices and labels: 'Leave a reply'.
  case comments
  /// Accounts: 'Log in to comment'.
  case login
  /// Cookies and consent.
  case cookies
  /// Paywalls, membership and donations.
  case paywall
  /// Labels of advertisements: 'Story continues below'.
  case advertisement
  /// Other pages: 'Read also: …', with the headline or before it.
  case related
  /// 'Tags: …', 'Filed under …'.
  case tags
  /// What forms answer: confirmations and errors.
  case form
  /// Tools of the page: print, e-mail, size of the text.
  case tools
  /// Credits of photographs and agencies, copyright lines. Left in unless asked for.
  case credit
  /// Tags and attributes that stand in the text because the page's markup is broken.
  case markup
  /// Lines that hold one of the user's own phrases.
  case phrase
}
