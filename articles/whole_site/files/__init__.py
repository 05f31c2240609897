"""The public site as files that any web server or bucket serves: `manage.py export_site`.

`names.py`: the file of an address, and links that lead to files. `public.py`: what of the files that were written may
be public no more. `writing.py`: one run.
"""
