"""Recognise captions that cameras and programs wrote by themselves. Pure.

A caption is prose by a person. But telephones write their picture mode there, cameras their maker, and programs their
name or a file; libraries copy it from EXIF into IIM and XMP. So it may stand anywhere in a file.
"""

import pathlib
import re
import unicodedata

LONGEST = 200  # letters; machines write no longer texts, except settings

# Picture modes of telephones (Huawei, Honor, Xiaomi, Oppo), alone or several together.
_MODES = """
    abc bsh bty burst cmn cof dav dig_cam edf fbt fhdr fptr fpt hdr hdrpl hdrplus lowlight maxi mde mono night nor norm
    ntk oznor oznorwo portrait pt ptr qrf rbt rhdr rpt sdr sfm sgd smart sri srl tpi vsf wide
"""
_WORDS = """
    default|image|images|photo|photos|picture|foto|gambar|caption|description|image description|description of image
    |photo description|type text here|type your caption here|new project
    |ảnh chụp màn hình|your description|your description here|your caption here|add a description
    |my beautiful picture|user comment|user comments|comment|comments|binary comment|charset=ascii|ascii|unicode|jis
    |exif|jfif|jpeg|binary|bokeh|edof|photo editor|jpeg encoder|applemark|header|test|copyright|screenshot|screen shot
    |screenshots|screen capture|screen recording
    |tangkapan layar|cuplikan layar|bildschirmfoto|capture d'écran|captura de pantalla|captura de tela|schermata
    |skärmbild|スクリーンショット|截屏|截图|截圖|스크린샷|снимок экрана|dcim|camera roll
"""
_BRANDS = """
    acer advan agfa agfaphoto alcatel apple asus asustek benq blackberry blackmagic bosto canon casio concord contax
    cubot dji docomo doogee epson essential evercoss fairphone foxconn fuji fujifilm fujitsu ge general gionee google
    gopro hasselblad hisense honor hp htc huawei infinix insta360 itel jenoptik jvc kenox kodak konica kyocera leagoo
    leica lenovo lge lg lumix mamiya maginon medion meizu microsoft minolta mito motorola nikon nintendo nokia nothing
    nubia olympus oneplus oppo oukitel panasonic parrot pentax phase polaroid polytron praktica razer realme ricoh
    rollei samsung samsungtechwin sanyo sharp sigma skydio smartfren sony tcl tecno techwin toshiba traveler ulefone
    umidigi vivitar vivo wiko xiaomi xolo yashica zenfone zte hisilicon galaxy iphone ipad redmi pixel powershot coolpix
    finepix cybershot cyber-shot easyshare ixus xperia
"""
# Words next to a brand in the name of a camera or telephone.
_MODEL_WORDS = """
    a and alpha ag air by camera cameras caplio co company corp corporation digimax
    digital dsc edge electronics eos find fold flip hero imaging inc industries ios kiss lens lite ltd mark
    mavic max mi mini mobile moto neo note one optical optio original pad photo pictures play hot nova plus poco pmp pro
    quad racing rebel reno rx se series shot still telephoto tab tele triple ultra vision wide with zoom techno
    android phone smartphone tablet dual taken on front back ii iii iv v vi
"""
# Names of cameras, programs and modes that are also words of a caption. Alone they count as a person's words, unless
# the file names such a camera or program.
_ALSO_WORDS = """
    apple burst essential facetune firefly foodie galaxy gemini general google hero honor instagram intel lead luminar
    maxi microsoft mito mono nero night nor nothing paint phase pixel portrait prisma scanner sharp sigma sketch smart
    telegram timestamp traveler vivo whatsapp wide windows
"""
_PROGRAMS = (
    "adobe|photoshop|lightroom|gimp|the gimp|vsco|vscocam|snapseed|picasa|instagram|inshot|picsart|canva|snapchat|b612"
    "|beautyplus|faceapp|facetune|moldiv|repix|pixlr|fotor|polarr|prisma|photoscape|paint|inkscape|sketch|figma|affinity"
    "|capture one|luminar|photo mechanic|acdsee|irfanview|xnview|imagemagick|graphicsmagick|darktable|rawtherapee|krita"
    "|opencamera|open camera|gcam|google|camera360|retrica|remini|meitu|ulike|foodie|faceu|whatsapp|telegram|matplotlib"
    "|midjourney|dall|chatgpt|openai|firefly|gemini|bing|stable diffusion|microsoft|windows|nero|corel|ulead|ijg|lead"
    "|gd-jpeg|jpegmini|jpeg-recompress|illustrator"
    "|intel|acd systems|handmade software|nokia smart cam|camscanner|scanner|timestamp|gps map camera"
)
_MADE = (
    "(?:created|made|photoscan|dipindai|edited|processed|generated|produced|captured|taken|shot|retouched|enhanced|optimi[sz]ed|compressed"
    "|scanned|converted|exported|saved|designed|rendered|written|powered|dibuat|diedit|diambil|diolah|disunting"
    "|dipotret|difoto|sent|dikirim)"
)
_BY_PROGRAMS = [
    re.compile(pattern)
    for pattern in (
        rf"(?:\w+ ){{0,2}}{_MADE}(?: \w+)? (?:with|by|using|in|on|via|from|dengan|oleh|menggunakan|pakai|lewat|dari) "
        rf"(?:my |a |an |the )?(?:{_PROGRAMS}|{'|'.join(_BRANDS.split())}|mi|poco)\b(?:[^.!?]|\.\d)*",
        rf"(?:{_PROGRAMS})(?: (?=[^\d ]*\d)[\w®™().,:/-]*(?= |$)| (?:{_PROGRAMS}|\(?macintosh|\(windows"
        r"|cc|cs|lr|elements|express|classic|mobile|for|android|ios|software"
        r"|systems|digital|imaging|library|jpeg|technologies|inc|web|camera|corporation|r)[.®™]?(?= |$))*",
        r"creator: gd-jpeg .*",
        r"(?:intel\(r\) jpeg library|software: .{1,60}|shot on [a-z]{1,3}\d+\w*|mi [a-z]?\d\w*|nova \d\w*)(?:,.*)?",
        r"oplus_\d+|[a-z-]{3,30}: 0(?:\.\d+)?(?:; ?[a-z-]{3,30}: [^a-z]*)*",  # settings of telephones
        r"(?:dcf|exif|jfif|jpeg|dsc)[ _-]?[\d.]*(?:[ _](?:jpeg|picture|t\d+|software|version|file))*(?: [\d.]+)?",
        r"(?:ai |\d+ ?mp )*(?:ai|dual|triple|quad|\d+ ?mp)(?: \w+)? cameras?",
        r"(?:[\w-]+ ){0,3}(?:digital (?:still |video )?camera|dsc|digital stillcamera)(?: [\w-]+)?",
        r"lav[cf][\d.]+",
    )
]
_DAY_OR_COUNT = r"[(\[]?(?:at|pukul|um|à|alle|wa|img|jpg|jpeg|copy|salinan|am|pm|no|\d[\d.:_/-]*|wa\d+)[)\]]?"
_FILE_NAMES = [
    re.compile(pattern)
    for pattern in (
        r"[^\n]{1,160}\.(?:jpe?g|jpe|jfif|png|gif|tiff?|webp|avif|hei[cf]|bmp|psd|ai|eps|dng|nef|cr[23w]|arw|raf|orf|rw2"
        r"|pdf|svg|mp4|mov|docx?)(?: ?\(\d+\)| ?- ?copy)?",
        r"(?=(?:\D*\d){3})[^\s/]+",  # one token with three digits: DSC_0001, IMG-20231019-WA0001, 33YG7YC, a UUID
        r"\S*\\\S*|(?:[^\s/]+/){2,}\S+|dcim/\S+",
        r"(?:whatsapp|telegram|signal|img|image|images|imagen|photo|foto|picture|pict|gambar|untitled|tanpa judul|scan"
        r"|dsc|video|screenshots?|screen ?shot|tangkapan layar|cuplikan layar|bildschirmfoto|capture d'écran|fb img"
        rf"|new project|unnamed|unbenannt)(?: (?:image|video|foto|img|whatsapp|from|shoot))?"
        rf"[ -]*{_DAY_OR_COUNT}(?: +{_DAY_OR_COUNT})*",
        r"(?:untitled|unbenannt|unnamed|tanpa judul)(?:[ -]?\d+)?",
    )
]
_MODES, _BRANDS, _MODEL_WORDS, _ALSO_WORDS = (
    frozenset(words.split()) for words in (_MODES, _BRANDS, _MODEL_WORDS, _ALSO_WORDS)
)
_WORDS = frozenset(map(str.strip, _WORDS.split("|")))
_SETTING = re.compile(r"[\w ]{1,40}[:=] ?[-+]?[\d.]+(?:, ?[\d.]+)*\s*[;,\n}]")
_STEPS = re.compile(r"\bsteps: \d+, sampler: ", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def wrote(text, camera=(), file_name=""):
    """Whether a machine wrote `text`. `camera`: make, model and programs in the file; `file_name`: that of the file."""
    if not _LETTER.search(text):
        return True
    if len(_SETTING.findall(text[:2_000])) > 2 or _STEPS.search(text[:4_000]) or text[:2] in ('{"', "{\n", '["'):
        return True
    if len(text) > LONGEST:
        return False
    plain = _plain(text)
    if plain in _ALSO_WORDS and plain not in _own(camera):
        return False
    return (
        plain in _WORDS
        or _is_code(text.strip())
        or is_camera(text, camera)
        or any(pattern.fullmatch(plain) for pattern in (*_BY_PROGRAMS, *_FILE_NAMES))
        or _is_name_of_file(plain, file_name)
    )


def _plain(text):
    """The text in small letters, with single spaces, without outer brackets and signs."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(folded.split()).strip("<>[](){}\"'“”.,:;!|*_- ")


def _is_code(text):
    """Whether it is one or several picture modes: "cof", "rhdr", "edf_hdr"."""
    return text.casefold() in _MODES or all(token.casefold() in _MODES for token in re.split(r"[\s,;_+-]+", text))


def _own(camera):
    """The words in the names of this file's camera and programs."""
    return {token for each in camera for token in _TOKEN.findall(_plain(each))}


def is_camera(name, camera):
    """Whether it is a camera's name: this one's make and model in any order, or a brand with model words or numbers.

    A brand alone, written as a name ("Canon"), counts as a person's word, unless the file names such a camera.
    """
    tokens, own = _TOKEN.findall(_plain(name)), _own(camera)
    if tokens and any(token in own for token in tokens) and all(token in own | _MODEL_WORDS for token in tokens):
        return True
    if len(tokens) == 1 and (tokens[0] in _ALSO_WORDS or name.strip().istitle()):
        return False
    return any(token in _BRANDS for token in tokens) and all(
        token in _BRANDS or token in _MODEL_WORDS or any(map(str.isdigit, token)) or len(token) == 1 for token in tokens
    )


def _is_name_of_file(plain, file_name):
    """Whether it is the name of its own file, in one token. Several words were written by a person, even if copied."""
    stem = _plain(pathlib.PurePath(file_name).stem)
    return bool(stem) and plain == stem and " " not in plain and bool(re.search(r"[\d_-]", plain))
