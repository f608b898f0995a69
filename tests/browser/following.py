"""Going from a page to the next one, however slowly it comes."""


def follow(target):
    """Click a link or a button that leads to another page, and wait until that page is there."""
    with target.page.expect_navigation():
        target.click()
