"""The photo library on the desk: form, list, upload."""
