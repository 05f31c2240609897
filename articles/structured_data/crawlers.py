"""What an edition tells programs that gather texts and pictures for AI. Pure.

The list of crawlers follows what their owners document, and https://github.com/ai-robots-txt/ai.robots.txt, which
collects it; last compared in November 2026. The same is told to everybody: nobody is recognised by what they say of
themselves.
"""

from django.utils.encoding import iri_to_uri

from articles.models.edition import AIUse

# They gather what a model learns from. Some have no visits of their own: a name for owners of sites to refuse.
LEARNING = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ChatGLM-Spider", "Claude-Web",
    "ClaudeBot", "cohere-ai", "cohere-training-data-crawler", "DeepSeekBot", "Diffbot", "FacebookBot",
    "Google-CloudVertexBot", "Google-Extended", "GPTBot", "ICC-Crawler", "ImagesiftBot", "img2dataset", "Kangaroo Bot",
    "LAIONDownloader", "meta-externalagent", "omgili", "omgilibot", "PanguBot", "SBIntuitionsBot", "TikTokSpider",
    "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended",
)  # fmt: skip
# They read to answer a question, and name where the answer is from.
ANSWERING = (
    "Amzn-SearchBot", "Amzn-User", "AzureAI-SearchBot", "ChatGPT-User", "Claude-SearchBot", "Claude-User",
    "DuckAssistBot", "Gemini-Deep-Research", "Google-NotebookLM", "meta-externalfetcher", "meta-webindexer",
    "MistralAI-User", "OAI-SearchBot", "Perplexity-User", "PerplexityBot", "PhindBot", "TavilyBot", "YandexAdditional",
    "YouBot",
)  # fmt: skip
REFUSED = {AIUse.OPEN: (), AIUse.ANSWERS: LEARNING, AIUse.NONE: (*LEARNING, *ANSWERING)}
NOT_FOR_AI = "noai, noimageai"


def is_reserved(edition):
    """Whether the owner keeps the right to mine texts and pictures."""
    return edition.ai_use != AIUse.OPEN


def robots(edition):
    """The lines of robots.txt for crawlers that are refused everything; none if all are welcome."""
    refused = REFUSED[AIUse(edition.ai_use)]
    return [*(f"User-agent: {name}" for name in refused), "Disallow: /", ""] if refused else []


def headers(edition):
    """[(name, value)] that every answer has beside its own."""
    if not is_reserved(edition):
        return []
    policy = [("tdm-policy", iri_to_uri(edition.tdm_policy))] if edition.tdm_policy else []
    return [("X-Robots-Tag", NOT_FOR_AI), ("tdm-reservation", "1"), *policy]


def tdmrep(edition):
    """The file of the TDM Reservation Protocol (W3C Community Group, 10 May 2024)."""
    policy = {"tdm-policy": iri_to_uri(edition.tdm_policy)} if is_reserved(edition) and edition.tdm_policy else {}
    return [{"location": "/", "tdm-reservation": int(is_reserved(edition)), **policy}]
