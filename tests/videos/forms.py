"""What the form of a company’s page sends."""

from wagtail.test.utils.form_data import nested_form_data, rich_text


def form_data(film, **more):
    return nested_form_data(
        {"title": "Une entreprise", "slug": "une-entreprise", "summary": "Un résumé.", "company": "Le Guidon"}
        | {
            "media": film.pk,
            "easy_read": rich_text(""),
            "tags": "",
            "comments": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": 0,
            },
        }
        | more
    )
