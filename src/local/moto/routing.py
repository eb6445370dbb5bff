"""How a corrected response class takes the place of moto's own."""

from types import ModuleType

from moto.core.responses import BaseResponse


def route(urls: ModuleType, response: type[BaseResponse]) -> None:
    """Let a response class answer every path of a service, ``moto.<service>.urls``."""
    urls.url_paths = {
        path: getattr(response, handler.__name__)
        for path, handler in urls.url_paths.items()
    }
