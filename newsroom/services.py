"""Addresses of services in the environment, and what Django makes of them: a bucket, a database,
a mail server."""

import re
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from articles import folders


def media_storage(address):
    """The storage of photos: local files, or `s3://bucket/folder?endpoint_url=…` with boto3's option names."""
    if not address:
        return {"BACKEND": "articles.photos.disk.WholeFileSystemStorage"}
    try:
        bucket, folder, options = folders.bucket_of(address)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"MEDIA_STORAGE must be {error}; keys go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        ) from None
    own = {"bucket_name": bucket, "location": folder}
    return {"BACKEND": "articles.photos.bucket.Bucket", "OPTIONS": own | options}


def postgresql(connections, prepares):
    """The options of a connection to PostgreSQL: a pool of so many for half of the threads, which render pages or serve
    the desk. `prepares`: whether a connection plans a statement once that it asks again and again."""
    # psycopg's own `timeout`, 30 seconds, would block all threads; `reconnect_timeout` 0 tries a lost server at each
    # request, instead of after waits that double.
    pool = {"min_size": 1, "max_size": connections, "timeout": 1, "reconnect_timeout": 0}
    network = {"connect_timeout": 2, "tcp_user_timeout": 5000}  # seconds; milliseconds without an answer
    # A home asks twenty questions over many tables: to plan them takes longer than to answer them.
    prepared = {"server_side_binding": True, "prepare_threshold": 3} if prepares else {}
    return {**network, **prepared, "pool": pool}


def mailer(address):
    """The server that takes our mail: `smtp://`, `smtp+tls://` or `smtp+ssl://user:password@host:port`."""
    kind, _, _rest = address.partition("://")
    url = urlsplit(address)
    if kind not in ("smtp", "smtp+tls", "smtp+ssl") or not url.hostname:
        raise ImproperlyConfigured("MAIL_URL must be smtp://, smtp+tls:// or smtp+ssl://user:password@host:port.")
    if kind == "smtp" and url.password and url.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured("MAIL_URL sends its password for all to read: smtp+tls:// or smtp+ssl:// does not.")
    options = {
        "host": url.hostname,
        "port": url.port,
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_tls": kind == "smtp+tls",
        "use_ssl": kind == "smtp+ssl",
        "timeout": 20,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def security_addresses(env):
    """(where a weakness is reported, the page that says what is promised), each "" if none is set."""
    contact, policy = env.str("SECURITY_CONTACT", ""), env.str("SECURITY_POLICY", "")
    if contact and not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\S+)", contact):
        raise ImproperlyConfigured("SECURITY_CONTACT begins with mailto:, https:// or tel:, as RFC 9116 asks.")
    if policy and not re.fullmatch(r"https://\S+", policy):
        raise ImproperlyConfigured("SECURITY_POLICY is the address of a page, and begins with https://.")
    return contact, policy
