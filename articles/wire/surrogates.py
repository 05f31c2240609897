"""Texts as JSON may spell them and no page can be written in: half of a pair of letters, "\\ud800". Pure."""


def whole(text):
    """The text with U+FFFD for each half that stands alone; two halves side by side are the letter that they mean."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def all_whole(data):
    """The same of every text within what JSON gave, in place and however deep."""
    root = [data]
    waiting = [root]
    while waiting:
        within = waiting.pop()
        if isinstance(within, dict):
            changed = {whole(name): whole(one) if isinstance(one, str) else one for name, one in within.items()}
            within.clear()
            within.update(changed)
        else:
            within[:] = [whole(one) if isinstance(one, str) else one for one in within]
        waiting += [
            one for one in (within.values() if isinstance(within, dict) else within) if isinstance(one, dict | list)
        ]
    return root[0]
