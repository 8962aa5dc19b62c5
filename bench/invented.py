"""Invented organizations and an invented letter, the same on every machine: what the benchmarks print and post.

Nobody here exists. About 42 % of the names are not in English, 12 % not in Latin script (13 other scripts), 120
countries, a twentieth longer than some 61 characters: the mix of large joint letters.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from letters.document import Addressee

PLACES = tuple(
    start + end
    for start in "Vel Tarn Oster Quil Bright Marrow Sen Ar Pen Rus Tal Il Orrin Kester Dun Lissa Wex Sorrel Nan Mir".split()
    for end in "mora wick lund lan water dale by vello hollow kamp vane port mere shaw fold haven ley dora embe ton".split()
)
PEOPLES = "Women Youth Farmers Fishers Herders Teachers Nurses Workers Tenants Students Elders Parents Readers".split()


@dataclass(frozen=True)
class Tongue:
    """`share` in per mille; each pattern draws its slots afresh; `countries` are where such a name is at home."""

    share: int
    countries: str
    patterns: tuple[str, ...]
    forms: tuple[str, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    acronyms: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split("|"))


ENGLISH = Tongue(
    580,
    "US GB CA AU NZ IE ZA NG KE GH UG TZ IN PK BD LK PH SG MY JM TT FJ PG MW ZM ZW BW NA SL LR GM RW SS CM NP KH MN BB BZ SB VU TO WS MT LS SZ",
    (
        "{place} {topic} {form}",
        "{form} for {topic} in {place}",
        "{people} of {place} for {topic}",
        "{place} {people} {form}",
        "{topic} {form} {place}",
        "{form} of {place}",
        "{place} {topic}",
        "{place} {people} for {topic}",
        "{form} for {topic} and the {people} of {place}",
        "International {form} for {topic} and the {people} of {place}",
    ),
    _words(
        "Network|Trust|Alliance|Forum|Centre|Watch|Coalition|Association|Initiative|Foundation|Council|Assembly|Union|Circle"
    ),
    _words(
        "Clean Rivers|Open Archives|Fair Water|Safe Harbours|River Memory|Public Records|Flood Warning|Shared Shores|Legal Aid|Free Assembly|Coastal Livelihoods|Civic Oversight|Displaced Families|Rural Clinics"
    ),
    PLACES,
    acronyms=True,
)
OTHERS = (
    Tongue(75, "FR BE CH SN CI ML BF NE TD BJ TG CD MG HT", ("{form} pour {topic}, {place}", "{form} des habitants de {place}", "{form} {place} pour {topic}", "{form} {place} pour {topic} et la participation des habitantes"), _words("Collectif|Réseau|Ligue|Fédération|Observatoire|Comité|Maison|Assemblée"), _words("l’eau partagée|la mémoire des rivières|les archives ouvertes|la défense des riverains|l’égalité"), PLACES, True),
    Tongue(75, "ES MX CO PE CL AR EC BO PY UY CR PA GT HN", ("{form} por {topic} de {place}", "{form} de Mujeres de {place}", "{form} por {topic}, {place}", "{form} Nacional de Mujeres por {topic} y la Memoria de {place}"), _words("Red|Asociación|Coordinadora|Fundación|Mesa|Corporación|Centro"), _words("los Ríos Vivos|el Agua Común|los Archivos Públicos|la Defensa Civil|las Orillas|la Niñez Ribereña"), PLACES, True),
    Tongue(40, "BR PT AO MZ", ("{form} {topic} de {place}", "{form} pela {topic}, {place}"), _words("Associação|Rede|Articulação|Instituto|Movimento|Coletivo"), _words("Água Partilhada|Memória dos Rios|Justiça das Marés|Informação Pública|Pesca Artesanal"), PLACES, True),
    Tongue(30, "DE AT", ("{form} {topic} {place}", "{form} {topic} {place} e. V."), _words("Bündnis|Verein|Arbeitskreis|Stiftung|Netzwerk|Bürgerinitiative"), _words("Offene Flüsse|Wassergedächtnis|Uferschutz|Öffentliche Archive|Gewässerrecht"), PLACES, True),
    Tongue(20, "IT", ("{form} per {topic} di {place}", "{form} per {topic}, {place}"), _words("Comitato|Rete|Associazione|Circolo|Osservatorio"), _words("l’Acqua Comune|le Rive Aperte|la Memoria dei Fiumi|gli Archivi Pubblici"), PLACES, True),
    Tongue(20, "PL", ("{form} {topic} w {place}", "{form} na rzecz {topic} w {place}"), _words("Fundacja|Stowarzyszenie|Koalicja|Towarzystwo"), _words("Żywych Rzek|Wspólnej Wody|Jawnych Archiwów|Pamięci Źródeł"), _words("Zagrodnie|Wierzbicy|Łęgowie|Śnieżnej|Jaworznie|Młynówce|Brzegach|Olszynie"), True),
    Tongue(20, "TR", ("{place} {topic} {form}",), _words("Derneği|Vakfı|Platformu|İnisiyatifi"), _words("Ortak Su|Açık Arşiv|Irmak Hafızası|Kıyı Hakları|Taşkın İzleme"), _words("Güneşli|Karadal|Çınarözü|Işıklar|Yeşilpınar|Gölbaşı|Taşköprülü|Değirmenönü"), True),
    Tongue(15, "VN", ("{form} {topic} {place}",), _words("Mạng lưới|Hội|Trung tâm|Diễn đàn"), _words("Dòng sông chung|Ký ức nguồn nước|Hồ sơ mở|Bờ biển an toàn"), _words("Thượng Lâm|Sông Lam|Bến Ngự|Hạ Vân|Cầu Mây|Suối Bạc|Làng Chài|Gò Dừa"), True),
    Tongue(15, "ID", ("{form} {topic} {place}",), _words("Yayasan|Jaringan|Perkumpulan|Forum"), _words("Air Bersama|Ingatan Sungai|Arsip Terbuka|Nelayan Pesisir"), _words("Banyubiru|Sungaipati|Lubukharum|Tirtasari|Muarateduh|Airdingin|Tanjungsepi"), True),
    Tongue(30, "RU BY KG KZ BG RS MK UA", ("{form} «{topic}», {place}", "{form} {place} «{topic}»"), _words("Общественный центр|Фонд|Союз|Объединение жителей|Правозащитная группа"), _words("Общая вода|Память рек|Открытый архив|Живые берега|Голос паводка"), _words("Ольховец|Заречный|Синегорье|Вербное|Тихий Плёс|Мостки|Ясенки|Белый Ключ|Каменка|Луговое|Ракитник|Озёрный")),
    Tongue(8, "GR", ("{form} {topic}", "{form} {topic} {place}"), _words("Δίκτυο|Ένωση|Κίνηση Πολιτών|Παρατηρητήριο"), _words("για τα Κοινά Νερά|Μνήμη των Ποταμών|Ανοιχτά Αρχεία"), ("Λιμνοχωρίου", "Ασπρονερίου")),
    Tongue(25, "EG MA TN DZ JO LB IQ YE SY PS SD KW BH", ("{form} {topic} في {place}", "{form} {topic} ({place})", "{form} أهالي {place}"), _words("جمعية|مركز|شبكة|الائتلاف من أجل|مؤسسة"), _words("المياه المشتركة|ذاكرة الأنهار|الأرشيف المفتوح|حقوق سكان الضفاف|الإنذار المبكر"), _words("وادي السنا|عين الريم|تل الصفصاف|جسر الياسمين|واحة النور|رأس النبع|مرج الغدير|باب الساقية|دير الزيتون")),
    Tongue(5, "IR AF", ("{form} {topic}", "{form} {topic} {place}"), _words("انجمن|کانون|شبکه"), _words("آب مشترک|یادگار رودها|بایگانی باز"), ("سپیدرود پایین", "چشمه‌گل")),
    Tongue(7, "IL", ("{form} {topic}", "{form} {topic} ב{place}"), _words("עמותת|מרכז|פורום"), _words("מים משותפים|זיכרון הנהרות|ארכיון פתוח"), ("עין רימון", "גבעת אלה")),
    Tongue(9, "IN NP", ("{place} {topic} {form}", "{topic} {form}"), _words("समिति|मंच|संगठन|न्यास"), _words("साझा जल|नदी स्मृति|खुला अभिलेख|बाढ़ चेतावनी"), ("विमलपुर", "श्रीनदी", "कृष्णघाट")),
    Tongue(6, "BD", ("{place} {topic} {form}", "{topic} {form}"), _words("পরিষদ|সংঘ|মঞ্চ"), _words("যৌথ জল|নদী স্মৃতি|উন্মুক্ত নথি"), ("শ্যামলঘাট", "নবীননগর")),
    Tongue(8, "ET ER", ("የ{place} {topic} {form}", "{topic} {form}"), _words("ማኅበር|ድርጅት|መድረክ"), _words("የጋራ ውሃ|የወንዞች ትውስታ|ክፍት መዝገብ"), ("አዲስ ምንጭ", "ሰላም ወንዝ")),
    Tongue(5, "TH", ("{form}{topic}{place}", "{form}{topic}"), _words("เครือข่าย|มูลนิธิ|สมาคม"), _words("สายน้ำร่วม|ความทรงจำแห่งแม่น้ำ|จดหมายเหตุเปิด"), ("บ้านท่าไม้", "เวียงธาร")),
    Tongue(3, "GE", ("{form} „{topic}“",), _words("კავშირი|ფონდი|ქსელი"), _words("საერთო წყალი|მდინარეების ხსოვნა|ღია არქივი"), ("",)),
    Tongue(3, "AM", ("{form} «{topic}»",), _words("Միություն|Հիմնադրամ|Ցանց"), _words("Ընդհանուր ջուր|Գետերի հիշողություն|Բաց արխիվ"), ("",)),
    Tongue(7, "CN TW HK", ("{place}{topic}{form}", "{topic}{form}"), _words("協會|促进会|聯盟|工作室"), _words("共享水源|河流记忆|公开档案|沿岸居民權益"), ("青溪", "云渡", "白石浦")),
    Tongue(6, "JP", ("{place}{topic}{form}", "{topic}を守る{form}"), _words("の会|ネットワーク|市民センター|フォーラム"), _words("みんなの川|水の記憶|開かれた記録|いのちの岸辺"), ("青瀬", "月ヶ浜", "白坂")),
    Tongue(6, "KR", ("{place} {topic} {form}", "{topic} {form}"), _words("연대|시민모임|네트워크|센터"), _words("함께 흐르는 물|강의 기억|열린 기록|바닷가 주민"), ("새여울", "은가람", "솔내")),
)  # fmt: skip
TONGUES = (ENGLISH, *OTHERS)


def lines(n: int, seed: int = 1) -> list[tuple[str, str, str]]:
    """Return n different organizations as (name, acronym or "", ISO 3166-1 alpha-2 code); the first k of any n agree."""
    dice = random.Random(seed)
    weights = [tongue.share for tongue in TONGUES]
    seen: set[str] = set()
    found: list[tuple[str, str, str]] = []
    while len(found) < n:
        tongue = dice.choices(TONGUES, weights)[0]
        name, acronym = _name(tongue, dice)
        if name in seen:
            name = next(new for count in itertools.count(2) if (new := f"{name} {count}") not in seen)
        seen.add(name)
        found.append((name, acronym, dice.choice(tongue.countries.split())))
    return found


def _name(tongue: Tongue, dice: random.Random) -> tuple[str, str]:
    name = dice.choice(tongue.patterns).format(
        form=dice.choice(tongue.forms),
        topic=dice.choice(tongue.topics),
        place=dice.choice(tongue.places),
        people=dice.choice(PEOPLES),
    )
    if not tongue.acronyms or dice.random() < 0.5:
        return name, ""
    return name, "".join(word[0] for word in name.replace("’", " ").split() if word[0].isupper())


LETTERHEAD = "Coalition for the Ilvane River"
TITLE = "Open the flood records of the Ilvane before the next rains"
RE_LINE = "Publication of the gauge books and gate logs of the Ilvane dams, 1961–2024"
SALUTATION = "Dear High Steward,"
CLOSING = "With assurances of our highest consideration,"
ADDRESSEES = (
    Addressee("to", "H.E.", "Marisol Achterberg", "High Steward for Shared Waters", "Ilvane River Commission", "Customs House, 4 Old Quay\nOrrinport"),
    Addressee("cc", "Dr", "Tobias Nkemelu", "Registrar of Records", "Ilvane River Commission", ""),
)  # fmt: skip
PARAGRAPHS = (
    "We write as organizations that live along the Ilvane, work beside it, or stand with those who do. Some of us are three neighbours and a shed; others speak for whole professions. We disagree about dams, tariffs, fish ladders and the price of sand. We agree about one thing, and it is the reason for this letter: nobody can prepare for a flood whose history is locked in a cupboard.",
    "Since 1961 your Commission has kept a gauge book at each of its forty-one stations and a gate log at each of its six dams. Every morning for more than sixty years somebody has walked to the water, read a number from a painted board, and written it down. No other institution on the river holds anything like it. It is a common memory made by patient people, most of whom never learned what became of their figures.{0}",
    "In the night of 9 November last year the river rose four metres at Tarnwick in under three hours. Two hundred and sixteen households lost their homes, the clinic at Sennick lost its cold store, and the school at Hollin has not reopened. The board of inquiry found that the warning siren sounded eleven minutes after the bridge was under water. It could not find out when the gates at Talvane were opened, because the log for that week was withheld.",
    "We do not ask who is to blame. We ask for what would have helped. A village that knows that the water has come over its lower field nine times since 1961, and in which months, builds its granary elsewhere. A nurse who can see how quickly the river answers rain in the hills knows how long she has to move her patients. An insurer can price a risk it can read; a teacher can explain it. The gauge books answer such questions, and today they answer them to no one.",
    "The Commission has given three reasons for keeping the records closed. The first is cost. Volunteers from nine of the undersigned organizations have offered to photograph and transcribe every page at no charge, under the supervision of your archivists, and have shown at two stations that a year of readings takes an afternoon. The second is accuracy. Old readings have errors; so do new ones. Publish them with a note on how they were made, and let those who use them help to find what is wrong.",
    "The third reason is security, and we take it seriously. It is right not to publish the codes of a gate or the rota of its guards. It cannot be right to treat the height of a river as a secret from those who stand in it. The principle that information on dangers to life is given to those in danger is older than your Commission and is written into its founding charter.{1} Where a page holds both a water level and something that must stay confidential, a clerk with a strip of paper can separate the two.",
    "Some of those who asked for the records have been made to regret it. A fisher at Quillan lost his mooring a week after his letter appeared in the newspaper. Two students who photographed a public gauge board were held for a day and their films were kept. For this reason several organizations sign this letter without printing their names. We ask you to say in public that asking a question about the river is not an offence, and to see that nobody suffers for having put their name here.",
    "We therefore ask the Commission to do five things before the rains return: to publish the gauge books of all stations and the gate logs of all dams up to the end of last year; to publish new readings within a day; to sound a warning whenever a gate is to be opened by more than a hand’s breadth; to seat two representatives of riverside communities, chosen by themselves, on the board that sets the rules for the gates; and to return the films.",
    "None of this needs new law or a large budget. Upstream, the Commission of the Arvello opened its records eight years ago and found that it had gained four hundred unpaid proofreaders and lost nothing. Downstream, the harbour of Wexhaven prints the tide and the flow on the same sheet and pins it to the door of the fish market, where it is read by people who would never visit a ministry. We would be glad to show you both.",
    "A delegation of five organizations would welcome a meeting at Orrinport in the coming month, at any hour that suits you, and will bring the transcriptions of the two trial stations so that you can judge their quality. We make this letter and the list of those who signed it public today, because a request for openness should itself be open, and we will publish your answer beside it, whatever it says.",
)  # fmt: skip
FOOTNOTES = (
    "Ilvane River Commission, Rules for the Keeping of Stations, second edition, Orrinport 1973, section 4: “The reading is taken at seven in the morning and entered in ink before the observer leaves the gauge.”",
    "Charter of the Ilvane River Commission, article 12(2): “The Commission shall without delay make known to the inhabitants of the banks whatever it learns of a danger to their lives.”",
)  # fmt: skip


def body() -> str:
    """The letter's text as letters.body stores it: ten paragraphs, two footnotes."""
    footnotes = [f'<sup data-footnote="">{text}</sup>' for text in FOOTNOTES]
    return "\n".join(f"<p>{paragraph.format(*footnotes)}</p>" for paragraph in PARAGRAPHS)
