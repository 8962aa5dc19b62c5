"""To whom a letter goes, taken apart: honorific, name, office, body, address, e-mail."""

from __future__ import annotations

import re

from letters.intake import cues

LONGEST_ROW = 400  # characters; a longer one is no part of an address, and is not searched
KEYS = ("line", "honorific", "name", "office", "organization", "address", "email")
HONORIFIC = re.compile(
    r"(?:(?:H\.\s?E\.|HE|H\.\s?R\.\s?H\.|HRH|His|Her|Their|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Amb|Ambassador|Sir"
    r"|Dame|Lord|Lady|Judge"
    r"|Justice|Rev|Hon|Hon'ble|(?:The\s)?(?:Rt|Right)\.?\s(?:Hon|Honou?rable)|(?:The\s)?Honou?rable|The\sHon"
    r"|(?:His|Her|Their)\s(?:Royal\s|Serene\s)?(?:Excellenc(?:y|ies)|Majesty|Highness|Holiness|Eminence)"
    r"|S\.\s?E\.(?:\s?M)?|SE|S\.\s?Exc|Son\sExcellence|Mme|Mmes|MM|Mlle|Madame|Monsieur|Me|Maître|M\."
    r"|Sr|Sra|Srta|Srs|Don|Doña|Señor|Señora|Excmo|Excma|Excelentísim[oa]|Su\sExcelencia|Dña|Lic"
    r"|Senhora?|Exmo|Exma|Sua\sExcelência|Dra|Profa|Ilmo|Ilma|Herrn?|Frau|S\.\s?E|I\.\s?E|Seine[r]?\sExzellenz"
    r"|Ihre[r]?\sExzellenz"
    r"|On|Dott|Dott\.ssa|Avv|Sig|Sig\.ra|Signora?|Dhr|Mevr|De\sheer|Mevrouw|Г-н|Г-жа|Господин|Госпожа|Господину"
    r"|Госпоже|Г-ну|Г-же|Е\.\s?П"
    r"|Пан|Пані|Панові|سعادة|معالي|فخامة|سيادة|دولة|سمو|جلالة|حضرة|السيد|السيدة|الدكتور|الدكتورة|الأستاذ|الأستاذة"
    r"|السفير|السفيرة"
    r"|د\.|أ\.|جناب|آقای|خانم|سرکار|Mheshimiwa|Mhe|Bw|Bi|Dkt|Sayın|Sn|Pan|Pani|Pán|Paní|Bapak|Ibu|Ông|Bà|श्री|श्रीमती"
    r"|डॉ|ክቡር|ክብርት|አቶ|ወይዘሮ)"
    r"\.?\s+)+"
)
OFFICE = re.compile(
    r"\b(?:(?:high |vice-?|deputy |under-?|assistant |prime |acting |special |first )*"
    r"(?:commissioner|minister|president|secretary|director|chair(?:person|man|woman)?|ambassador|rapporteur"
    r"|representative|speaker|governor"
    r"|chancellor|senator|registrar|prosecutor|general counsel|envoy|coordinator|chief|head|member|executive|officer"
    r"|administrator|mayor|judge)s?"
    r"|haute?[- ]commissaires?|ministres?|présidente?s?|secrétaires?|directeurs?|directrices?|ambassadeurs?"
    r"|ambassadrices?"
    r"|rapporteure?s?|représentante?s?|préfets?|alt[oa] comisionad[oa]|ministr[oa]s?|president[ea]s?|secretari[oa]s?"
    r"|director[ea]s?"
    r"|embajador[ea]?s?|relator[ea]?s?|representante|alt[oa] comissári[oa]|embaixador[ea]?|secretári[oa]s?"
    r"|diretor[ea]?s?"
    r"|hochkommissar(?:in)?|(?:bundes)?minister(?:in)?|präsident(?:in)?|bundeskanzler(?:in)?|direktor(?:in)?"
    r"|botschafter(?:in)?"
    r"|generalsekretär(?:in)?|верховн\w+ комиссар\w*|министр\w*|президент\w*|председател\w*|секретар\w*|директор\w*"
    r"|посол|послу)\b"
    r"|المفوض|المفوضة|وزير|وزيرة|رئيس|رئيسة|الأمين|الأمينة|مدير|مديرة|المقرر|المقررة|الممثل|高级专员|部长|主席|总统"
    r"|秘书长|高等弁務官|大臣|首相|대통령|장관|최고대표",
    re.IGNORECASE,
)
ORGANIZATION = re.compile(
    r"\b(?:office of|ministry|united nations|un|eu|council|commission|embassy|mission|government|parliament|union"
    r"|university|department"
    r"|committee|court|agency|bank|assembly|congress|senate|organi[sz]ation|secretariat|federation|inc\.?|ltd|llc"
    r"|corporation|company|group"
    r"|nations unies|ministère|conseil|commission|ambassade|gouvernement|parlement|haut[- ]commissariat|bureau"
    r"|naciones unidas|ministerio"
    r"|consejo|comisión|embajada|gobierno|oficina|nações unidas|ministério|conselho|embaixada|governo"
    r"|vereinte nationen"
    r"|(?:bundes|auswärtiges |auswärtige )?(?:ministerium|amt)|bundestag|kommission|botschaft|regierung|совет"
    r"|министерство|комиссия|посольство"
    r"|правительство|оон|организация)\b|الأمم المتحدة|وزارة|مجلس|مفوضية|سفارة|حكومة|برلمان|联合国|国連|委员会|유엔"
    r"|外務省",
    re.IGNORECASE,
)
EMAIL = re.compile(
    r"(?:(?:e-?mail|courriel|correo|почта|البريد)[^:：]{0,20}[:：]\s*)?<?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>?",
    re.IGNORECASE,
)
POSTAL = re.compile(
    r"\d|\b(?:street|st\.|avenue|ave|rue|palais|building|floor|p\.?\s?o\.? box|calle|rua|straße|strasse|platz|square"
    r"|road)\b",
    re.I,
)


def is_addressee(text: str) -> bool:
    """Does the line begin an address block, by an honorific or by how it says "to"?"""
    return bool(HONORIFIC.match(text) or cues.TO.match(text) or cues.TO_PHRASE.match(text))


def is_office_or_body(text: str) -> bool:
    return bool(OFFICE.search(text) or ORGANIZATION.search(text) or POSTAL.search(text) or EMAIL.search(text))


def read(text: str, line: str) -> list[dict[str, str]]:
    """The recipients in one block, each a dict with `KEYS`; `line` is "to" or "cc". Every word ends in one of them."""
    rows = _without_label(text, line)
    return [_recipient(block, line) for block in _blocks(rows, line) if block]


def _without_label(text: str, line: str) -> list[str]:
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    if rows:
        for label in (cues.CC, cues.TO, cues.TO_PHRASE):
            rows[0] = label.sub("", rows[0], count=1)
    return [row for row in rows if row]


def _blocks(rows: list[str], line: str) -> list[list[str]]:
    """One address, or several: those that begin with an honorific each, and a line each for copies."""
    starts = [at for at, row in enumerate(rows) if HONORIFIC.match(row)]
    if len(starts) > 1:
        starts = [0, *[at for at in starts if at]]
    elif (
        line == "cc"
        and not starts
        and not any(len(row) > LONGEST_ROW or POSTAL.search(row) or EMAIL.fullmatch(row) for row in rows)
    ):
        starts = list(range(len(rows)))
    else:
        starts = [0] if rows else []
    return [rows[start:end] for start, end in zip(starts, [*starts[1:], len(rows)], strict=False)]


def _recipient(rows: list[str], line: str) -> dict[str, str]:
    found = dict.fromkeys(KEYS, "") | {"line": line}
    address: list[str] = []
    for at, row in enumerate(rows):
        if len(row) > LONGEST_ROW:
            address.append(row)
            continue
        if (email := EMAIL.search(row)) and not found["email"]:
            found["email"] = email[1]
            row = (row[: email.start()] + row[email.end() :]).strip(" ,;")
        if not row:
            continue
        if at == 0:
            _first(row, found)
        elif key := _key(row, found):
            found[key] = row.rstrip(",،")
        else:
            address.append(row)
    found["address"] = "\n".join([*filter(None, [found["address"]]), *address])
    if not (found["name"] or found["office"] or found["organization"]):
        found["name"], found["honorific"] = found["honorific"] or found["email"] or found["address"], ""
    return found


def _first(row: str, found: dict[str, str]) -> None:
    """The line with the name: an honorific before it, perhaps the office and the body behind it."""
    if match := HONORIFIC.match(row):
        found["honorific"] = " ".join(match[0].split())
        row = row[match.end() :]
    name, *rest = re.split(r"\s*[,،，;]\s*|\s+[–—]\s+", row.strip(" ,،，;:"))
    if not found["honorific"] and (key := _key(name, found)):
        found[key] = name
    else:
        found["name"] = name
    left: list[str] = []
    for part in filter(None, rest):
        key = "" if left else _key(part, found)
        if key:
            found[key] = part
        else:
            left.append(part)
    if left:
        last = next((key for key in ("organization", "office", "name") if found[key]), "name")
        found[last] = ", ".join(filter(None, [found[last], *left]))


def _key(row: str, found: dict[str, str]) -> str:
    if OFFICE.search(row) and not found["office"]:
        return "office"
    if ORGANIZATION.search(row) and not found["organization"] and not found["address"]:
        return "organization"
    return ""
