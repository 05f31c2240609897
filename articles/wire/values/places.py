"""Places that bylines name beside people: "Siti Aminah, Jakarta". Pure.

Provinces of Indonesia with their capitals, its large cities, and cities abroad from which its papers report. Names that
people have, too (Dewi, Surya), are none of them.
"""

from articles.text import letters

_ABROAD = """
    Amsterdam|Ankara|Athena|Baghdad|Bangkok|Beijing|Beirut|Berlin|Bern|Brussel|Brussels|Canberra|Dhaka|Dili|Doha|Dubai
    Den Haag|Gaza|Hanoi|Hong Kong|Islamabad|Istanbul|Jeddah|Jenewa|Kairo|Kabul|Kuala Lumpur|Kyiv|London|Madinah|Madrid
    Makkah|Mekkah|Manila|Melbourne|Moskow|Moscow|New Delhi|New York|Paris|Phnom Penh|Riyadh|Roma|Seoul|Shanghai
    Singapore|Singapura|Stockholm|Sydney|Taipei|Teheran|Tel Aviv|Tokyo|Washington|Washington DC|Wina|Yangon|Yerusalem
"""
_CITIES = """
    Ambon|Balikpapan|Banda Aceh|Bandar Lampung|Bandung|Banjarbaru|Banjarmasin|Banyuwangi|Batam|Bekasi|Bengkulu|Bima
    Binjai|Bitung|Blitar|Bogor|Bojonegoro|Bontang|Bukittinggi|Cianjur|Cilacap|Cilegon|Cimahi|Cirebon|Denpasar|Depok
    Dumai|Ende|Garut|Gorontalo|Gresik|Indramayu|Jakarta|Jakarta Barat|Jakarta Pusat|Jakarta Selatan|Jakarta Timur
    Jakarta Utara|Jambi|Jayapura|Jember|Jombang|Karawang|Kediri|Kendari|Klaten|Kotamobagu|Kudus|Kupang|Lamongan|Lampung
    Lhokseumawe|Limboto|Lombok|Lubuklinggau|Lumajang|Madiun|Magelang|Makassar|Malang|Mamuju|Manado|Manokwari|Marisa
    Mataram|Maumere|Medan|Merauke|Mojokerto|Nabire|Padang|Palangka Raya|Palangkaraya|Palembang|Palu|Pangkalpinang
    Parepare|Pasuruan|Pati|Payakumbuh|Pekalongan|Pekanbaru|Pematangsiantar|Ponorogo|Pontianak|Poso|Probolinggo
    Purwakarta|Purwokerto|Salatiga|Samarinda|Semarang|Serang|Sidoarjo|Singkawang|Sofifi|Solo|Sorong|Sukabumi|Sumedang
    Surabaya|Surakarta|Tangerang|Tangerang Selatan|Tanjungpinang|Tanjung Pinang|Tanjung Selor|Tarakan|Tasikmalaya|Tegal
    Ternate|Tidore|Timika|Tomohon|Tuban|Wamena|Yogyakarta|Jogja|Jogjakarta
"""
_PROVINCES = """
    Aceh|Sumatera Utara|Sumut|Sumatera Barat|Sumbar|Riau|Kepulauan Riau|Kepri|Sumatera Selatan|Sumsel
    Kepulauan Bangka Belitung|Bangka Belitung|Babel|Banten|Jawa Barat|Jabar|Jawa Tengah|Jateng|Jawa Timur|Jatim
    DI Yogyakarta|DIY|Daerah Istimewa Yogyakarta|DKI Jakarta|DKJ Jakarta|Bali|Nusa Tenggara Barat|NTB
    Nusa Tenggara Timur|NTT|Kalimantan Barat|Kalbar|Kalimantan Tengah|Kalteng|Kalimantan Selatan|Kalsel
    Kalimantan Timur|Kaltim|Kalimantan Utara|Kaltara|Sulawesi Utara|Sulut|Sulawesi Tengah|Sulteng|Sulawesi Selatan
    Sulsel|Sulawesi Tenggara|Sultra|Sulawesi Barat|Sulbar|Maluku|Maluku Utara|Malut|Papua|Papua Barat|Papua Barat Daya
    Papua Tengah|Papua Pegunungan|Papua Selatan|Indonesia
"""
_BEFORE = ("kab ", "kab. ", "kabupaten ", "prov. ", "provinsi ")  # whatever follows is a place


def _names(lines):
    return {letters.folded(name.strip()) for line in lines.strip().splitlines() for name in line.split("|")}


_KNOWN = _names(_ABROAD) | _names(_CITIES) | _names(_PROVINCES)


def is_place(name):
    """Whether a name is that of a known place, or of any regency or province that calls itself so."""
    folded = letters.folded(name).replace(",", "").replace("d.c.", "dc").strip(" .")
    return folded.removeprefix("kota ") in _KNOWN or folded.startswith(_BEFORE)
