"""What the Bot API answers when it refuses.

Here: the refusal as an exception, and the words of those that several modules use. Not here: when each one applies. Guarantee: the
words are Telegram's own, since bots tell refusals apart by them.
"""


class ApiError(Exception):
    """A refused call: `code` is the HTTP status and the `error_code`, `retry_after` is in seconds."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        """The answer as the Bot API writes it."""
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(words: str) -> ApiError:
    """A call that can never succeed as it stands."""
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    """A call that this chat does not allow."""
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    """Two ways of fetching updates at once."""
    return ApiError(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> ApiError:
    """A limit is reached; the call was not carried out."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
