def related_link(block):
    return None
