"""ICC profiles made from numbers in a file: primaries, white point and transfer curve. Pure.

PNG has them in cHRM, gAMA and cICP, HEIC and AVIF as code points of ITU-T H.273 ("nclx"); Pillow's colour
management needs an ICC profile.
"""

import functools
import math
import struct

D65, D50 = (0.3127, 0.3290), (0.9642, 1.0, 0.8249)
PRIMARIES = {  # H.273: x and y of red, green and blue
    1: (0.640, 0.330, 0.300, 0.600, 0.150, 0.060),
    9: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    12: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
}
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
STEPS = 1024  # points of a curve
PAPER_WHITE = 203  # cd/m²: the white of a page in a picture of high dynamic range (BT.2408)


@functools.cache
def of_codes(primaries, transfer):
    """The profile for code points of H.273; None for those of sRGB, and for unknown ones."""
    if primaries not in PRIMARIES or (primaries == 1 and transfer in (2, 13)):
        return None
    return profile(PRIMARIES[primaries], D65, _CURVES.get(transfer, _srgb))


def of_gamma(gamma, primaries=None, white=D65):
    """The profile for a PNG's gAMA and optional cHRM; None if it looks the same as sRGB."""
    if primaries is None and abs(gamma - 0.45455) < 0.01:
        return None
    if not 0.01 < gamma < 10:
        return None
    return profile(primaries or PRIMARIES[1], white, lambda value: value ** (1 / gamma))


def profile(primaries, white, curve):
    """An ICC profile (version 2) of three primaries, a white point and one curve for all three.

    None if the numbers describe no possible colours.
    """
    try:
        matrix = _to_d50(primaries, white)
        points = [min(65535, max(0, round(curve(step / (STEPS - 1)) * 65535))) for step in range(STEPS)]
        columns = [_xyz([row[at] for row in matrix]) for at in range(3)]
    except (ArithmeticError, ValueError, TypeError, struct.error):
        return None
    curve_tag = struct.pack(">4s4xI", b"curv", STEPS) + struct.pack(f">{STEPS}H", *points)
    text = b"desc\0\0\0\0\0\0\0\2x\0" + bytes(78)
    tags = {b"desc": text, b"cprt": b"text\0\0\0\0\0", b"wtpt": _xyz(D50)}
    tags |= dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve_tag)
    return _packed(tags)


def _packed(tags):
    table, body, places = b"", b"", {}
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, places[content], len(content))
    header = struct.pack(">I4sI4s4s4s", start + len(body), bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2024, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _xyz(D50)[8:] + bytes(48)
    return header + struct.pack(">I", len(tags)) + table + body


def _xyz(values):
    return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))


def _to_d50(primaries, white):
    """The matrix from linear red, green and blue to XYZ under D50, by Bradford's adaptation."""
    xyz = [(x / y, 1.0, (1 - x - y) / y) for x, y in zip(primaries[::2], primaries[1::2], strict=True)]
    columns = _turned(xyz)
    x, y = white
    source = (x / y, 1.0, (1 - x - y) / y)
    scales = _times(_inverse(columns), source)
    matrix = [[value * scale for value, scale in zip(row, scales, strict=True)] for row in columns]
    cones = [there / here for there, here in zip(_times(_BRADFORD, D50), _times(_BRADFORD, source), strict=True)]
    scaled = [[value * cone for value in row] for row, cone in zip(_BRADFORD, cones, strict=True)]
    return _product(_product(_inverse(_BRADFORD), scaled), matrix)


def _turned(matrix):
    return [list(column) for column in zip(*matrix, strict=True)]


def _times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _product(one, other):
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in _turned(other)] for row in one]


def _inverse(matrix):
    (a, b, c), (d, e, f), (g, h, i) = matrix
    rows = [[e * i - f * h, c * h - b * i, b * f - c * e], [f * g - d * i, a * i - c * g, c * d - a * f]]
    rows.append([d * h - e * g, b * g - a * h, a * e - b * d])
    size = a * rows[0][0] + b * rows[1][0] + c * rows[2][0]
    return [[value / size for value in row] for row in rows]


def _srgb(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _on_a_screen(value):
    """BT.1886: the display curve for video recorded by BT.709 or BT.601."""
    return value**2.4


def _pq(value):
    """SMPTE ST 2084; values brighter than a page's white become white."""
    root = value ** (1 / 78.84375)
    light = max(0.0, root - 0.8359375) / (18.8515625 - 18.6875 * root)
    return min(1.0, light ** (1 / 0.1593017578125) * 10_000 / PAPER_WHITE)


def _hlg(value):
    """ARIB STD-B67, as shown on a screen of 1,000 cd/m²."""
    light = value * value / 3 if value <= 0.5 else (math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return min(1.0, light**1.2 * 1000 / PAPER_WHITE)


_CURVES = dict.fromkeys((1, 6, 14, 15), _on_a_screen) | {
    4: lambda value: value**2.2,
    5: lambda value: value**2.8,
    8: lambda value: value,
    13: _srgb,
    16: _pq,
    18: _hlg,
}
