"""What every page is looked at for: on a telephone and on a desk, by day and by night."""

# The height is that of a browser of today, the width the narrowest that the site is drawn for.
PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# A telephone by day, a large desk by night: each rule is asked at both widths and in both schemes.
LOOKS = [(1440, "dark"), (360, "light")]
EVERY_LOOK = [(width, scheme) for width in (1440, 360) for scheme in ("dark", "light")]


def findings(page, axe, looks=LOOKS):
    """What the automatic check of accessibility says of each look, and what is wider than its screen there.

    The page is left by day.
    """
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, width, *finding) for finding in axe(page)]
        if page.evaluate(TOO_WIDE):
            found.append((scheme, width, "too wide"))
    page.emulate_media(color_scheme="light")
    return found


def looks_right(page, axe):
    """There are none of these, on a desk of the usual width neither; the page is left on a telephone."""
    page.set_viewport_size(DESK)
    assert not page.evaluate(TOO_WIDE), (page.url, DESK)
    assert findings(page, axe) == [], page.url
    page.set_viewport_size(PHONE)
