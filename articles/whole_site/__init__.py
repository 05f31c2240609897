"""The whole public site, address by address: walked through from its front pages, compared with another one, and
written as files.

`asking.py`: the answer at an address, of this process or of a server. `links.py`: where an answer leads to.
`walking.py`: every address that is led to. `comparing.py`: two sites, answer for answer. `static/`: the site as files.
"""
