"""Reading HTML by the standard library: elements, attributes and the text between them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page(HTMLParser):
    """What a browser's parser would find, flat."""

    tags: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    raw: dict = field(default_factory=lambda: {"script": [], "style": []})

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._inside = None

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag in self.raw else None

    def handle_endtag(self, tag):
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data):
        (self.raw[self._inside] if self._inside else self.texts).append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def values(self, *names):
        return [attrs[name] for _tag, attrs in self.tags for name in names if attrs.get(name)]


def parse(text):
    page = Page()
    page.feed(text)
    page.close()
    return page
