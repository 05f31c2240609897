from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, compressed by gzip only: brotli takes ten seconds for the desk's scripts and saves readers 1 kB."""

    def create_compressor(self, **kwargs):
        return super().create_compressor(**kwargs, use_brotli=False)
