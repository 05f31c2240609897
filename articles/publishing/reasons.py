class Reason(str):
    """A sentence that tells what must be mended first, and in which `field` of the story or rows below it.

    An empty `field` means that no single one is to blame. `Story`'s own names: "headline", "credits".
    """

    __slots__ = ("field",)

    def __new__(cls, sentence, field):
        reason = super().__new__(cls, sentence)
        reason.field = field
        return reason
