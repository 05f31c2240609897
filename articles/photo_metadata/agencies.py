"""Names of agencies and papers in credits, and words of organisations. Patterns, case-insensitive.

Names that people have, too (Fajar, Surya), are not listed: their place in the credit decides.
"""

NAMES = (
    # international
    "AFP", "Agence France[- ]Presse", "AP", "Associated Press", "EPA", "EFE", "EPA[- ]EFE", "European Pressphoto",
    "DPA", "Reuters", "Thomson Reuters", "Getty", "Bloomberg", "Xinhua", "Anadolu", "Kyodo", "Jiji", "Yonhap",
    "Bernama", "Sputnik", "RIA Novosti", "Ukrinform", "LaPresse", "Ritzau", "Scanpix", "Lehtikuva", "Belga",
    "Keystone", "PA (?:Wire|Media|Images)", "Press Association", "Europa Press", "Shutterstock", "iStock(?:photo)?",
    "Alamy", "Corbis", "Rex Features", "NurPhoto", "ZUMA ?press", "ZUMA", "SOPA", "LightRocket", "Sipa", "Imago",
    "Picture[ -]Alliance", "Newscom", "Magnum", "Pacific Press", "AFLO", "Penta Press", "MAXPPP", "Redux", "Barcroft",
    "Future Publishing", "BackGrid", "ABACA(?:PRESS)?", "Maxar", "Planet Labs(?: PBC)?", "NASA", "UNICEF",
    "UNHCR", "ICRC", "Unsplash", "Pexels", "Pixabay", "Freepik", "Wikimedia(?: Commons)?", "Flickr",
    # only in capitals: Ani, Sana, Ria are names of people
    "(?-i:UPI|PTI|ANI|IANS|TASS|RIA|UNIAN|VNA|PNA|CNS|VCG|IRNA|ISNA|KCNA|WANA|WAFA|SANA|AA|DHA|ANSA|ANP|APA|NTB|AAP|DDP)",
    "(?-i:ESA|CNN|CNBC|BBC|TVRI|RRI|MNC)",
    # Indonesian
    "ANTARA(?: ?NEWS)?", "Tempo", "Kompas", r"Tribun ?\w*", r"detik\w*", "Kumparan", "Liputan ?6", "Merdeka",
    "Republika", "Media Indonesia", "Jawa ?Pos", r"Radar \w+", "Berita ?Satu", "Bisnis(?: Indonesia)?", "Kontan",
    "Okezone", "(?:Koran )?SINDO(?: ?news)?", "iNews", "VIVA ?news", "Suara Pembaruan", "IDN ?Times", "Tirto",
    "Katadata", "Jakarta (?:Post|Globe)", "Warta Kota", "Medcom", "Metro ?TV", "Pikiran Rakyat", "Mongabay",
    "(?:Gorontalo|Manado) Post", "Hargo",
)  # fmt: skip

# Endings of agency names, which do not make another agency: AFP PHOTO, Anadolu Agency, ANTARA FOTO.
ENDINGS = (
    "foto|photos?|images?|pictures?|press|news|agency|ajansi|network|newswire|wire|service|com|co|id|net|tv|usa|indonesia"
    "|efe|video|entertainment|editorial"
)

# Other names of the same agency, without these endings.
SAME = {
    "agence france presse": "afp", "agence france": "afp", "associated press": "ap", "associated": "ap",
    "european pressphoto": "epa", "epa efe": "epa", "liputan 6": "liputan6", "thomson reuters": "reuters",
    "aa": "anadolu", "zumapress": "zuma",
}  # fmt: skip

BODIES = (
    "press", "services?", "office", "ministry", "minister", "police", "polda", r"polres\w*", "polri", "polsek",
    "tni", "kodam", "kodim", "humas", "kementerian", r"kemen\w+", "dinas", "kantor", "biro", "sekretariat",
    "setpres", "setneg", "bpmi", "istana", "pemkot", "pemkab", "pemprov", "pemda", "diskominfo", "kominfo", "bnpb",
    "bpbd", "basarnas", "bmkg", "kpk", "kejaksaan", "pengadilan", "universitas", "university", r"institut\w*",
    "cent(?:er|re)s?", "museum", "archives?", "arsip", "agency", "news", "newspaper", "images", "media",
    "television", "studio", "pictures", "inc", "llc", "ltd", "pbc", "corp", "gmbh", "pt", "cv", "foundation",
    "yayasan", "club", "fc", "federation", "federasi", "komunitas", "dok", "doc", "dokumen", "dokumentasi",
    "documentation", "keluarga", "family", "warga", "pembaca", "instagram", "facebook", "twitter", "youtube",
    "tiktok", "department", "government", "presidency", "presidential", "command", "forces?", "army", "navy",
    "labs", "technologies", "times", "post", "guardian", "tribune", "herald", "journal", "magazine", "gazette",
    "daily", "harian", "koran", "majalah", "tabloid", "radio", "shimbun", "pool", "handout", "courtesy",
    "contributor", "kontributor", "ig", "fb", "white house", "gedung putih", "kremlin", "nato", "pbb", "photography",
    "fotografi", "productions?", "sumber", "sources?", "berbagai", "various", "redaksi",
    "tim (?:komunikasi|media|redaksi|liputan|sar|humas)",
)  # fmt: skip
