"""Picture files as they are sent to the page of the upload."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import photo_metadata

UPLOAD = "/admin/articles/photo/upload/"
SAID = photo_metadata.Metadata(
    creator="BAY ISMOYO", credit_line="AFP/BAY ISMOYO", copyright="AFP", usage_terms="Hanya untuk berita",
    web_statement="https://afp.example/hak", digital_source_type="digitalCapture",
)  # fmt: skip
EMBARGOED = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
    b"<photoshop:Instructions>EMBARGO 20:00 WIB, NO SALES</photoshop:Instructions></rdf:Description>"
    b"</rdf:RDF></x:xmpmeta>"
)


def upload(name="lilin.jpg", colour="#224466", kind="JPEG", said=SAID, size=(900, 600), mode="RGB", **options):
    picture = io.BytesIO()
    options |= {"xmp": photo_metadata.rights_xmp(said)} if said else {}
    Image.new("RGB", size, colour).convert(mode).save(picture, kind, **options)
    return SimpleUploadedFile(name, picture.getvalue())
