"""The lines that the residue model learns from: prompts and honest sentences, ours, from catalogues and
from the corpora's articles.

A line is (text, label, kind, language, origin, group, weight); label 1 is residue. Lines that were made
of one template share a group, so that wordings can be held out. Everything is drawn with one seeded
generator, so that the same sources give the same lines.

The lines of `make residue` (Benchmarks/residue) are never trained on, nor lines that say nearly the same:
`held_out` drops them from every source.
"""
import dataclasses
import json
import pathlib
import random
import re
import unicodedata

import catalogues

KINDS = {
    "s": "subscribe", "f": "follow", "c": "comments", "l": "login", "k": "cookies", "p": "paywall",
    "a": "advertisement", "r": "related", "t": "tags", "e": "form", "o": "tools", "g": "credit",
}
HERE = pathlib.Path(__file__).parent / "residue"
BENCHMARK = pathlib.Path(__file__).parent.parent / "Benchmarks/residue"


@dataclasses.dataclass(frozen=True)
class Line:
    text: str
    label: int
    kind: str
    language: str
    origin: str
    group: str = ""
    weight: float = 1.0


# MARK: Files

def blocks(path):
    """(language, line) of a file with `[language]` above its lines."""
    language = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if re.fullmatch(r"\[[a-z-]+\]", line):
            language = line.strip("[]")
        else:
            yield language, line


def prompts(path=HERE / "prompts.txt"):
    """(kind, language, template)."""
    for language, line in blocks(path):
        kind, text = line.split(" ", 1)
        yield KINDS[kind], language, text


def patterns():
    """(kind or '' for honest, language, template), of one file a language."""
    for path in sorted((HERE / "patterns").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                letter, text = line.split(" ", 1)
                yield KINDS.get(letter, ""), path.stem, text


# MARK: Templates

# What stands in the places of a template: made-up names, in the scripts of the languages.
LATIN = {
    "site": ["Morning Post", "Lumen", "Harbour Times", "nordblick.example", "La Tribune du Sud", "TechGarten",
             "Radio Mar", "El Faro", "Dnevnik", "Gazeta Polna", "The Daily Lantern", "Vesta", "KanalNord",
             "Porto Hoje", "Il Ponte", "Novi List", "Aurora", "Sport24", "GreenTech Weekly", "byavisen.example"],
    "org": ["Novatek", "Halden Group", "Lumen Media", "Castor", "Berghof", "Orion Bank", "the city council",
            "Polaris", "FC Lindau", "Vega Airlines", "Delta", "Unicorp", "Riverside Trust", "Nordwind"],
    "person": ["Anna Berg", "J. Okafor", "Marta Ruiz", "Li Wei", "Tom Hale", "Jan Novak", "Ayşe Demir", "Paulo Reis",
               "Ines Weber", "Karim Haddad", "Sofia Lind", "Mark Janssen", "Elena Popescu", "Kenji Sato", "Nina Holm"],
    "place": ["London", "Porto", "Lyon", "Gent", "Oslo", "Kraków", "Brno", "Verona", "Sevilla", "Izmir", "Graz",
              "Boston", "Nairobi", "Jakarta", "Hanoi", "Szeged", "Cluj", "Turku"],
    "handle": ["annaberg", "dailylantern", "tomhale", "radiomar"],
    # Of newsletters, podcasts, magazines and columns.
    "letter": ["Morning Coffee", "Nordlys", "Terra", "Der Abendbrief", "La Semaine", "Buenos días", "Il Mattino",
               "Panorama", "De Week", "Kveldsbrevet", "Przegląd", "Kavárna", "Hétvége", "Orizont", "Vista", "Sabor",
               "Atlas", "Mar & Monte", "Studio 7", "Le Grand Air", "Fokus", "Kultur am Sonntag", "Passaporte",
               "The Long Table", "Off the Map", "Radio Days", "Tide Notes", "Gece Notları", "Haftanın Özeti"],
}
CYRILLIC = {
    "site": ["Город 24", "Наш край", "Вести", "Новый день", "Прибой", "Огляд", "Час новин", "Lumen", "Дневник"],
    "org": ["Северный банк", "Волна", "Полюс", "Горизонт", "Укрбуд", "Дельта", "Novatek"],
    "person": ["Иван Петров", "Олена Шевчук", "Анна Лебедева", "Марко Иванов", "Дмитрий Орлов", "Ирина Коваль"],
    "place": ["Тверь", "Львов", "Киев", "Варна", "Нови Сад", "Казань", "Одеса"],
    "letter": ["Вечерний выпуск", "Утро", "Кухня", "Голос города", "Ранкова кава", "Сутринта", "Седмица", "Обзор"],
}
OTHERS = {
    "el": {
        "site": ["Ο Φάρος", "Νέα Ημέρα", "Lumen"],
        "person": ["Νίκος Παππάς", "Άννα Γεωργίου"],
        "letter": ["Πρωινά Νέα", "Μεσόγειος", "Το Καφενείο"],
    },
    "ar": {
        "site": ["المنارة", "صوت المدينة", "الشروق", "Lumen"],
        "person": ["كريم حداد", "ليلى منصور"],
        "letter": ["حديث الصباح", "أوراق", "نافذة على البحر"],
    },
    "fa": {
        "site": ["روز نو", "آفتاب", "صبح ما"],
        "person": ["رضا کریمی", "مریم احمدی"],
        "letter": ["عصرانه", "قصه شهر", "پنجره"],
    },
    "he": {
        "site": ["המגדלור", "חדשות היום"],
        "person": ["דנה לוי", "יואב כהן"],
        "letter": ["קפה של בוקר", "סוף שבוע", "בין השורות"],
    },
    "hi": {
        "site": ["नया सवेरा", "खबर आज", "Lumen"],
        "person": ["राहुल वर्मा", "अनीता शर्मा"],
        "letter": ["सुबह की चाय", "गाँव की बात", "हफ़्ते भर"],
    },
    "zh": {
        "site": ["晨光报", "海港时报", "Lumen", "新声"],
        "person": ["李伟", "王芳", "张敏"],
        "letter": ["早安城市", "夜航", "周末书桌", "山海之间", "晚间快报"],
    },
    "ja": {
        "site": ["港新聞", "朝のニュース", "Lumen"],
        "person": ["佐藤健", "田中愛", "鈴木"],
        "letter": ["朝の一杯", "旅の手帖", "夜更かしラジオ", "週刊みなと"],
    },
    "ko": {
        "site": ["등대일보", "새벽신문", "Lumen"],
        "person": ["김민수", "이지은", "박서준"],
        "letter": ["아침 편지", "주말의 서재", "골목 라디오"],
    },
    "th": {
        "site": ["ข่าวเช้า", "Lumen"],
        "person": ["สมชาย ใจดี"],
        "letter": ["กาแฟเช้า", "เล่าเรื่องเมือง"],
    },
    "bn": {
        "site": ["নতুন ভোর"],
        "person": ["রহিম উদ্দিন"],
        "letter": ["সকালের চা", "শহরের গল্প"],
    },
}
NETWORKS = ["Facebook", "Twitter", "X", "Instagram", "Telegram", "WhatsApp", "YouTube", "TikTok", "LinkedIn",
            "Viber", "Google News", "Threads", "Bluesky", "Discord", "Pinterest", "Reddit", "VK", "LINE", "Signal"]
HASHES = ["politics", "economy", "football", "climate", "news", "health", "travel", "music", "berlin", "love"]
CYRILLIC_LANGUAGES = {"ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "tg", "mn"}
# Written without spaces; templates have them between their choices all the same.
UNSPACED = {"zh", "ja", "th"}
# Parts choices; a bar of the text has a backslash before it.
BAR = re.compile(r"(?<!\\)\|")
SPACE = re.compile(r"(?<=[\u0e00-\u0e7f\u3000-\u9fff\uff00-\uffef]) (?=[\u0e00-\u0e7f\u3000-\u9fff\uff00-\uffef])")
CHOICE = re.compile(r"\[([^\[\]]*)\]")
PLACE = re.compile(r"\{(\w+)\}")


class Filler:
    """Makes lines of templates."""

    def __init__(self, chance, headlines, sentences):
        self.chance = chance
        self.headlines = headlines
        # Of each language, for titles and tags.
        self.sentences = sentences
        self.words = {
            language: sorted({word.strip(".,:;!?\"'«»„“”()") for text in texts for word in text.split()
                              if len(word) > 3 and "{" not in word})
            for language, texts in sentences.items()}

    def value(self, name, language):
        chance = self.chance
        if name == "n":
            return str(chance.choice((chance.randint(1, 12), chance.randint(1, 300))))
        if name == "year":
            return str(chance.randint(1990, 2026))
        if name == "net":
            return chance.choice(NETWORKS)
        if name == "nets":
            return chance.choice((", ", ", ", " / ", " | ", " ")).join(chance.sample(NETWORKS, chance.randint(1, 4)))
        if name == "hash":
            words = self.words.get(language) or HASHES
            return " ".join("#" + word for word in chance.choices(chance.choice((HASHES, words)), k=chance.randint(1, 5)))
        if name == "tags":
            words = self.words.get(language) or HASHES
            tags = [" ".join(chance.choices(words, k=chance.choice((1, 1, 2)))) for _ in range(chance.randint(1, 5))]
            if chance.random() < 0.5:
                tags = [tag.lower() for tag in tags]
            return chance.choice((", ", ", ", " ", " | ", " / ")).join(tags)
        if name == "title":
            return self.title(language)
        pools = [OTHERS.get(language, {}), CYRILLIC if language in CYRILLIC_LANGUAGES else {}, LATIN]
        name = "person" if name == "name" else name
        found = [pool[name] for pool in pools if name in pool]
        return chance.choice(found[0] if chance.random() < 0.7 else found[-1])

    def title(self, language):
        texts = self.sentences.get(language)
        if texts and (language != "en" or self.chance.random() < 0.3):
            return self.chance.choice(texts).rstrip(".。।")
        return self.chance.choice(self.headlines)

    def fill(self, template, language):
        chance = self.chance
        text = CHOICE.sub(lambda match: chance.choice(BAR.split(match[1])), template).replace("\\|", "|")
        if "{title}" in text and chance.random() < 0.4:
            # Its own line often enough; the label stands alone.
            text = text.replace("{title}", "").replace("“”", "").strip()
        text = PLACE.sub(lambda match: self.value(match[1], language), text)
        text = " ".join(text.split())
        return SPACE.sub("", text) if language in UNSPACED else text

    def variants(self, template, language, most):
        is_open = "[" in template or "{" in template
        found = {self.fill(template, language) for _ in range(most if is_open else 1)}
        return sorted(text for text in found if text)


def ours(filler):
    by_language = {}

    def made(kind, language, template, most, weight, origin):
        variants = filler.variants(template, language, most)
        for text in variants:
            if kind:
                by_language.setdefault(language, []).append((kind, text))
            yield Line(text, int(bool(kind)), kind, language, origin, template, weight / len(variants))

    for kind, language, template in prompts():
        yield from made(kind, language, template, 4, 3.0, "ours")
    for kind, language, template in patterns():
        yield from made(kind, language, template, 24, 10.0 if kind else 30.0, "pattern")
    # Two or three prompts in one line, as boxes and <br> text run together.
    chance = filler.chance
    for language, pairs in sorted(by_language.items()):
        for _ in range(min(300, len(pairs))):
            some = [chance.choice(pairs) for _ in range(chance.choice((2, 2, 3)))]
            joint = chance.choice((" ", ". ", " – ", " | ", "! "))
            yield Line(joint.join(text.rstrip(".!") for _, text in some), 1, some[0][0], language, "joint", "", 0.7)


def honest(path=HERE / "honest.txt"):
    for language, line in blocks(path):
        yield Line(line, 0, "", language, "honest", line, 12.0)


# MARK: Other sources

def translated(folder, chance, limit=120):
    """At most `limit` strings for a kind and a language."""
    groups = {}
    for letter, language, _, text in catalogues.strings(folder):
        groups.setdefault((KINDS[letter], language), set()).add(text)
    for (kind, language), texts in sorted(groups.items()):
        texts = sorted(texts)
        chance.shuffle(texts)
        for text in texts[:limit]:
            yield Line(text, 1, kind, language, "catalogue", "", 0.7)


SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\da-z_])|(?<=[。！？])")


def manuals(folder, chance, limit=900):
    """Sentences of GNOME's help."""
    groups = {}
    for language, text in catalogues.prose(folder):
        groups.setdefault(language, []).append(text)
    for language, texts in sorted(groups.items()):
        texts = sorted(set(texts))
        chance.shuffle(texts)
        for text in texts[:limit]:
            yield Line(text, 0, "", language, "manual", "", 0.7)


def stories(folder, chance, limit=900):
    """Paragraphs of tales, and a sentence of each that has several."""
    groups = {}
    for language, text in catalogues.tales(folder):
        groups.setdefault(language, set()).add(text)
    for language, texts in sorted(groups.items()):
        texts = sorted(texts)
        chance.shuffle(texts)
        for text in texts[:limit]:
            yield Line(text, 0, "", language, "tale", "", 0.7)
            parts = SENTENCE.split(text)
            if len(parts) > 1:
                yield Line(chance.choice(parts), 0, "", language, "tale", "", 0.7)


def articles(corpora, chance, fold=None, limit=100_000):
    """Lines of the corpora's texts, and single sentences of their paragraphs; of all folds but one."""
    lines = []
    for corpus in corpora:
        for record in (corpus / "truth.jsonl").open(encoding="utf-8"):
            page = json.loads(record)
            if page["fold"] == fold:
                continue
            for line in page["text"].split("\n"):
                line = " ".join(line.split())
                if len(line) < 2 or len(line) > 600:
                    continue
                lines.append((line, corpus.name))
                parts = SENTENCE.split(line)
                if len(parts) > 1:
                    lines.append((chance.choice(parts), corpus.name))
    lines = sorted(set(lines))
    chance.shuffle(lines)
    for text, name in lines[:limit]:
        yield Line(text, 0, "", "?", name, "", 1.0)


def headlines(corpora):
    found = set()
    for corpus in corpora:
        for record in (corpus / "truth.jsonl").open(encoding="utf-8"):
            title = json.loads(record).get("title")
            if title and 15 < len(title) < 120:
                found.add(" ".join(title.split()))
    return sorted(found)


# MARK: What is held out

def parts(text):
    """The set of a text's words, folded; of pairs of characters where words are not parted."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"\w+", folded)
    if any(re.search(r"[\u0e00-\u0e7f\u3040-\u9fff]", word) for word in words):
        joined = "".join(words)
        return frozenset(joined[at:at + 2] for at in range(max(1, len(joined) - 1)))
    return frozenset(words)


def benchmark():
    """The benchmark's lines as sets of words."""
    found = set()
    for path in sorted(BENCHMARK.glob("*/*.txt")):
        for _, line in blocks(path):
            found.add(parts(line.split(" ", 1)[1] if path.name == "prompts.txt" else line))
    return found


def held_out(lines, share=0.75):
    """Lines without those that share `share` of their words (Jaccard) with a line of the benchmark."""
    by_word = {}
    for words in benchmark():
        for word in words:
            by_word.setdefault(word, []).append(words)

    def is_near(words):
        known = [word for word in words if word in by_word]
        if len(known) < share * len(words):
            return False
        near = {id(other): other for word in known for other in by_word[word]}
        return any(len(words & other) >= share * len(words | other) for other in near.values())

    return (line for line in lines if not is_near(parts(line.text)))


def gather(corpora, cache, fold=None):
    """All lines; a line that is residue in one source is not honest in another."""
    chance = random.Random(20)
    sentences = {}
    for line in honest():
        sentences.setdefault(line.language, []).append(line.text)
    filler = Filler(chance, headlines(corpora), sentences)
    lines = list(ours(filler)) + list(translated(cache, chance))
    taken = {line.text.casefold().strip(" .!:*") for line in lines if line.label}
    sources = (honest(), manuals(cache, chance), stories(cache, chance), articles(corpora, chance, fold))
    for source in sources:
        lines += [line for line in source if line.text.casefold().strip(" .!:*") not in taken]
    kept = list(held_out(lines))
    print(f"{len(lines) - len(kept)} lines near the benchmark's are not trained on")
    return kept
